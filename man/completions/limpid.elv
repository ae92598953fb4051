
use builtin;
use str;

set edit:completion:arg-completer[limpid] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'limpid'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'limpid'= {
            cand -p 'What to ask'
            cand --prompt 'What to ask'
            cand -f 'Put a file''s text before the prompt; `-` is standard input. Repeatable'
            cand --file 'Put a file''s text before the prompt; `-` is standard input. Repeatable'
            cand --messages 'Ask with an OpenAI-style JSON array of messages; `-` is standard input'
            cand --prefill 'What the answer begins with: the model goes on after it'
            cand --task 'Put the text to the model as a ready-made task; `limpid tasks list` shows them'
            cand --param 'A parameter of the task, as language=French. Repeatable'
            cand -C 'Go on with the last conversation, or with the one that has this ID'
            cand --continue 'Go on with the last conversation, or with the one that has this ID'
            cand --format 'How to print the answer'
            cand --top-logprobs 'Alternatives to print with each token, with --format json or jsonl [default: 5]'
            cand -m 'The model: a name from `limpid models list`, or a path'
            cand --model 'The model: a name from `limpid models list`, or a path'
            cand -c 'Tokens in the context [default: auto]'
            cand --ctx-size 'Tokens in the context [default: auto]'
            cand -t 'Threads that compute [default: auto]'
            cand --threads 'Threads that compute [default: auto]'
            cand -b 'Prompt tokens handed over at once [default: 2048]'
            cand --batch-size 'Prompt tokens handed over at once [default: 2048]'
            cand --ubatch-size 'Prompt tokens computed at once [default: 512]'
            cand --gpu-layers 'Layers that go to the GPU [default: auto]'
            cand --device 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev'
            cand --flash-attn 'Flash attention: less memory, and faster where the device has it [default: auto]'
            cand --cache-type-k 'The type of the keys in the KV cache; smaller ones save memory [default: f16]'
            cand --cache-type-v 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]'
            cand --draft 'A smaller model with the same vocabulary that guesses what comes next'
            cand --keep-alive 'How long the model stays loaded after the last request, for the next limpid to start with: 90s, 30m, 2h, forever, or off [default: off]'
            cand --preset 'Take all sampler settings from a preset: precise, balanced, creative, greedy, model, or your own; other flags count more'
            cand --temp 'Flattens (above 1) or sharpens (below 1) the odds [default: 0.8]'
            cand -s 'Seed of the random numbers [default: random]'
            cand --seed 'Seed of the random numbers [default: random]'
            cand --top-k 'Keep the K most probable tokens; 0 keeps all [default: 40]'
            cand --top-p 'Keep the most probable tokens that together reach this probability; 1 keeps all [default: 0.95]'
            cand --min-p 'Drop tokens less probable than this share of the best one''s probability; 0 drops none [default: 0.05]'
            cand --typical 'Locally typical sampling: keep tokens whose surprise is near the entropy; 1 turns it off [default: 1]'
            cand --top-n-sigma 'Keep tokens whose logit is within N standard deviations of the best; 0 or less turns it off [default: -1]'
            cand --xtc-probability 'How often to exclude the top choices (XTC); 0 turns it off [default: 0]'
            cand --xtc-threshold 'The probability from which XTC counts a token as a top choice; above 0.5 it cannot act [default: 0.1]'
            cand --dry-multiplier 'Strength of the penalty on extending a repetition (DRY); 0 turns it off [default: 0]'
            cand --dry-base 'How fast the DRY penalty grows with the repetition''s length [default: 1.75]'
            cand --dry-allowed-length 'Repetitions of up to this many tokens go unpunished by DRY [default: 2]'
            cand --dry-penalty-last-n 'How many tokens back DRY looks; 0 none, -1 the whole context [default: -1]'
            cand --dry-sequence-breaker 'A text that a repetition does not cross for DRY; replaces the default ones. Repeatable'
            cand --repeat-last-n 'How many tokens back the penalties look; 0 none, -1 the whole context [default: 64]'
            cand --repeat-penalty 'Divides the logits of tokens that came already; 1 turns it off [default: 1]'
            cand --presence-penalty 'Subtracted once from the logits of tokens that came already; 0 turns it off [default: 0]'
            cand --frequency-penalty 'Subtracted from a token''s logit for each time it came; 0 turns it off [default: 0]'
            cand --mirostat 'Hold the surprise at a target instead of truncating: 1 or 2 is the version, 0 turns it off [default: 0]'
            cand --mirostat-ent 'Mirostat''s target surprise, in bits [default: 5]'
            cand --mirostat-lr 'Mirostat''s learning rate [default: 0.1]'
            cand -l 'Adds to the logit of one token: 15043+1, or 15043-inf to forbid it. Repeatable'
            cand --logit-bias 'Adds to the logit of one token: 15043+1, or 15043-inf to forbid it. Repeatable'
            cand --grammar 'A GBNF grammar that the answer must follow, or @FILE'
            cand --grammar-file 'Read the GBNF grammar from a file'
            cand -j 'A JSON schema that the answer must follow, or @FILE'
            cand --json-schema 'A JSON schema that the answer must follow, or @FILE'
            cand -J 'Read the JSON schema from a file'
            cand --json-schema-file 'Read the JSON schema from a file'
            cand --samplers 'The samplers in the order they act, with semicolons between; one that is not named does not act [default: penalties; dry; top_n_sigma; top_k; typ_p; top_p; min_p; xtc; temperature]'
            cand -n 'Tokens an answer may have [default: unlimited]'
            cand --predict 'Tokens an answer may have [default: unlimited]'
            cand -r 'A text that ends the answer and is not part of it. Repeatable'
            cand --stop 'A text that ends the answer and is not part of it. Repeatable'
            cand --system 'The system message; @FILE reads it from a file, @NAME takes a named one: concise, teacher, translator, reviewer, or your own. Short: -sys'
            cand --system-prompt-file 'Read the system message from a file. Short: -sysf'
            cand --chat-template 'A Jinja chat template instead of the model''s own, or @FILE'
            cand --chat-template-file 'Read the chat template from a file'
            cand --candidates 'Alternatives collected for each token; 0 collects none, and neither rank nor entropy [default: 40]'
            cand --reasoning 'What is shown of the reasoning of a model [default: auto]'
            cand --thinking 'Whether a model that can think before it answers is asked to [default: auto]'
            cand --context-full 'When the context is full: stop and say so, drop the oldest turns (the system message stays), or have the model summarise them and send that instead [default: stop]'
            cand --kv-cache-mb 'Megabytes on disk for the KV cache of conversations, so that opening a long one again takes no computing; those not used for longest leave [default: 1024]'
            cand --theme 'A theme from `limpid themes list`, or the path of a theme file [default: ansi]'
            cand --color-by 'Colour the tokens of answers by their probability, entropy, rank or surprise [default: off]'
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --raw 'Complete the text as it is, without a chat template: for base models'
            cand --show-prompt 'Print the exact prompt the model would read, special tokens visible, and exit'
            cand -i 'Chat on the terminal after the prompt or the piped text is answered'
            cand --interactive 'Chat on the terminal after the prompt or the piped text is answered'
            cand --plain 'Chat in lines, without the full screen, as `limpid repl` does'
            cand --list-devices 'List the devices that were built in, and exit'
            cand --fit 'Choose KV cache types, GPU layers and context so that they fit into memory'
            cand --no-speculate 'Compute one token after the other'
            cand --incognito 'Write nothing to disk'
            cand --linear 'Chat in lines that are only ever added, with words for marks: for screen readers'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand repl 'Chat in lines, for poor links, screen readers and dumb terminals'
            cand models 'List, fetch, check and describe models'
            cand tokens 'Show how a text is cut into tokens'
            cand score 'Show what a model makes of each token of a text, and the text''s perplexity'
            cand compare 'Show what two models, or two quantisations of one, hold of the same text'
            cand attention 'Show where a model looks at a token of a text'
            cand bench 'Measure prefill and decode speed'
            cand tune 'Try how a model is loaded best on this machine, and keep that'
            cand serve 'Keep a model loaded, for every limpid on this machine to share'
            cand history 'List, show, export, import and delete stored conversations'
            cand doctor 'Look at the terminal, the machine and the model, and say what to do'
            cand config 'Show and change settings'
            cand themes 'List, show and check themes'
            cand tasks 'List, show and copy ready-made tasks'
            cand completions 'Print a shell''s completion script'
            cand man 'Print a manual page, or write them all'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'limpid;repl'= {
            cand -C 'Go on with the last conversation, or with the one that has this ID'
            cand --continue 'Go on with the last conversation, or with the one that has this ID'
            cand -m 'The model: a name from `limpid models list`, or a path'
            cand --model 'The model: a name from `limpid models list`, or a path'
            cand -c 'Tokens in the context [default: auto]'
            cand --ctx-size 'Tokens in the context [default: auto]'
            cand -t 'Threads that compute [default: auto]'
            cand --threads 'Threads that compute [default: auto]'
            cand -b 'Prompt tokens handed over at once [default: 2048]'
            cand --batch-size 'Prompt tokens handed over at once [default: 2048]'
            cand --ubatch-size 'Prompt tokens computed at once [default: 512]'
            cand --gpu-layers 'Layers that go to the GPU [default: auto]'
            cand --device 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev'
            cand --flash-attn 'Flash attention: less memory, and faster where the device has it [default: auto]'
            cand --cache-type-k 'The type of the keys in the KV cache; smaller ones save memory [default: f16]'
            cand --cache-type-v 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]'
            cand --draft 'A smaller model with the same vocabulary that guesses what comes next'
            cand --keep-alive 'How long the model stays loaded after the last request, for the next limpid to start with: 90s, 30m, 2h, forever, or off [default: off]'
            cand --preset 'Take all sampler settings from a preset: precise, balanced, creative, greedy, model, or your own; other flags count more'
            cand --temp 'Flattens (above 1) or sharpens (below 1) the odds [default: 0.8]'
            cand -s 'Seed of the random numbers [default: random]'
            cand --seed 'Seed of the random numbers [default: random]'
            cand --top-k 'Keep the K most probable tokens; 0 keeps all [default: 40]'
            cand --top-p 'Keep the most probable tokens that together reach this probability; 1 keeps all [default: 0.95]'
            cand --min-p 'Drop tokens less probable than this share of the best one''s probability; 0 drops none [default: 0.05]'
            cand --typical 'Locally typical sampling: keep tokens whose surprise is near the entropy; 1 turns it off [default: 1]'
            cand --top-n-sigma 'Keep tokens whose logit is within N standard deviations of the best; 0 or less turns it off [default: -1]'
            cand --xtc-probability 'How often to exclude the top choices (XTC); 0 turns it off [default: 0]'
            cand --xtc-threshold 'The probability from which XTC counts a token as a top choice; above 0.5 it cannot act [default: 0.1]'
            cand --dry-multiplier 'Strength of the penalty on extending a repetition (DRY); 0 turns it off [default: 0]'
            cand --dry-base 'How fast the DRY penalty grows with the repetition''s length [default: 1.75]'
            cand --dry-allowed-length 'Repetitions of up to this many tokens go unpunished by DRY [default: 2]'
            cand --dry-penalty-last-n 'How many tokens back DRY looks; 0 none, -1 the whole context [default: -1]'
            cand --dry-sequence-breaker 'A text that a repetition does not cross for DRY; replaces the default ones. Repeatable'
            cand --repeat-last-n 'How many tokens back the penalties look; 0 none, -1 the whole context [default: 64]'
            cand --repeat-penalty 'Divides the logits of tokens that came already; 1 turns it off [default: 1]'
            cand --presence-penalty 'Subtracted once from the logits of tokens that came already; 0 turns it off [default: 0]'
            cand --frequency-penalty 'Subtracted from a token''s logit for each time it came; 0 turns it off [default: 0]'
            cand --mirostat 'Hold the surprise at a target instead of truncating: 1 or 2 is the version, 0 turns it off [default: 0]'
            cand --mirostat-ent 'Mirostat''s target surprise, in bits [default: 5]'
            cand --mirostat-lr 'Mirostat''s learning rate [default: 0.1]'
            cand -l 'Adds to the logit of one token: 15043+1, or 15043-inf to forbid it. Repeatable'
            cand --logit-bias 'Adds to the logit of one token: 15043+1, or 15043-inf to forbid it. Repeatable'
            cand --grammar 'A GBNF grammar that the answer must follow, or @FILE'
            cand --grammar-file 'Read the GBNF grammar from a file'
            cand -j 'A JSON schema that the answer must follow, or @FILE'
            cand --json-schema 'A JSON schema that the answer must follow, or @FILE'
            cand -J 'Read the JSON schema from a file'
            cand --json-schema-file 'Read the JSON schema from a file'
            cand --samplers 'The samplers in the order they act, with semicolons between; one that is not named does not act [default: penalties; dry; top_n_sigma; top_k; typ_p; top_p; min_p; xtc; temperature]'
            cand -n 'Tokens an answer may have [default: unlimited]'
            cand --predict 'Tokens an answer may have [default: unlimited]'
            cand -r 'A text that ends the answer and is not part of it. Repeatable'
            cand --stop 'A text that ends the answer and is not part of it. Repeatable'
            cand --system 'The system message; @FILE reads it from a file, @NAME takes a named one: concise, teacher, translator, reviewer, or your own. Short: -sys'
            cand --system-prompt-file 'Read the system message from a file. Short: -sysf'
            cand --chat-template 'A Jinja chat template instead of the model''s own, or @FILE'
            cand --chat-template-file 'Read the chat template from a file'
            cand --candidates 'Alternatives collected for each token; 0 collects none, and neither rank nor entropy [default: 40]'
            cand --reasoning 'What is shown of the reasoning of a model [default: auto]'
            cand --thinking 'Whether a model that can think before it answers is asked to [default: auto]'
            cand --context-full 'When the context is full: stop and say so, drop the oldest turns (the system message stays), or have the model summarise them and send that instead [default: stop]'
            cand --kv-cache-mb 'Megabytes on disk for the KV cache of conversations, so that opening a long one again takes no computing; those not used for longest leave [default: 1024]'
            cand --theme 'A theme from `limpid themes list`, or the path of a theme file [default: ansi]'
            cand --color-by 'Colour the tokens of answers by their probability, entropy, rank or surprise [default: off]'
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --fit 'Choose KV cache types, GPU layers and context so that they fit into memory'
            cand --no-speculate 'Compute one token after the other'
            cand --incognito 'Write nothing to disk'
            cand --linear 'Chat in lines that are only ever added, with words for marks: for screen readers'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;models'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'The models of the catalogue and those found on this machine'
            cand pull 'Fetch a model of the catalogue; an interrupted one is resumed'
            cand show 'What a model file says about itself'
            cand verify 'Compare files with the catalogue''s checksums'
            cand import 'Take a GGUF file into limpid''s own folder'
            cand quantize 'Write a model in another format, such as Q8_0 or Q4_K_M'
            cand rm 'Delete models that limpid keeps'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'limpid;models;list'= {
            cand --format 'How to print the list'
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;models;pull'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;models;show'= {
            cand --format 'How to print it'
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;models;verify'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;models;import'= {
            cand --name 'The name it gets; without it, the file''s own'
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;models;quantize'= {
            cand --to 'In what to store its matrices'
            cand -o 'Where to; without it, limpid''s own folder, under the model''s name with the new format'
            cand --output 'Where to; without it, limpid''s own folder, under the model''s name with the new format'
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;models;rm'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;models;help'= {
            cand list 'The models of the catalogue and those found on this machine'
            cand pull 'Fetch a model of the catalogue; an interrupted one is resumed'
            cand show 'What a model file says about itself'
            cand verify 'Compare files with the catalogue''s checksums'
            cand import 'Take a GGUF file into limpid''s own folder'
            cand quantize 'Write a model in another format, such as Q8_0 or Q4_K_M'
            cand rm 'Delete models that limpid keeps'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'limpid;models;help;list'= {
        }
        &'limpid;models;help;pull'= {
        }
        &'limpid;models;help;show'= {
        }
        &'limpid;models;help;verify'= {
        }
        &'limpid;models;help;import'= {
        }
        &'limpid;models;help;quantize'= {
        }
        &'limpid;models;help;rm'= {
        }
        &'limpid;models;help;help'= {
        }
        &'limpid;tokens'= {
            cand --check 'Compare with the original tokenizer, over the text or a built-in multilingual one'
            cand --format 'How to print the tokens'
            cand -m 'The model: a name from `limpid models list`, or a path'
            cand --model 'The model: a name from `limpid models list`, or a path'
            cand -c 'Tokens in the context [default: auto]'
            cand --ctx-size 'Tokens in the context [default: auto]'
            cand -t 'Threads that compute [default: auto]'
            cand --threads 'Threads that compute [default: auto]'
            cand -b 'Prompt tokens handed over at once [default: 2048]'
            cand --batch-size 'Prompt tokens handed over at once [default: 2048]'
            cand --ubatch-size 'Prompt tokens computed at once [default: 512]'
            cand --gpu-layers 'Layers that go to the GPU [default: auto]'
            cand --device 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev'
            cand --flash-attn 'Flash attention: less memory, and faster where the device has it [default: auto]'
            cand --cache-type-k 'The type of the keys in the KV cache; smaller ones save memory [default: f16]'
            cand --cache-type-v 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]'
            cand --draft 'A smaller model with the same vocabulary that guesses what comes next'
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --special 'Take special tokens in the text for what they are, as a template''s text is taken'
            cand --bos 'Begin with the token that the model expects at the beginning'
            cand --count 'Print the number of tokens alone'
            cand --fit 'Choose KV cache types, GPU layers and context so that they fit into memory'
            cand --no-speculate 'Compute one token after the other'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;score'= {
            cand --method 'In which windows to read; their size is --ctx-size, by default 2048 tokens sliding and 512 in halves'
            cand --stride 'Tokens from one sliding window to the next [default: half a window]'
            cand --chunks 'Windows to read at most'
            cand --by 'Tell tokens, words or sentences, or only what is least certain'
            cand --top-logprobs 'Alternatives to show of each token'
            cand --format 'How to print the odds'
            cand -m 'The model: a name from `limpid models list`, or a path'
            cand --model 'The model: a name from `limpid models list`, or a path'
            cand -c 'Tokens in the context [default: auto]'
            cand --ctx-size 'Tokens in the context [default: auto]'
            cand -t 'Threads that compute [default: auto]'
            cand --threads 'Threads that compute [default: auto]'
            cand -b 'Prompt tokens handed over at once [default: 2048]'
            cand --batch-size 'Prompt tokens handed over at once [default: 2048]'
            cand --ubatch-size 'Prompt tokens computed at once [default: 512]'
            cand --gpu-layers 'Layers that go to the GPU [default: auto]'
            cand --device 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev'
            cand --flash-attn 'Flash attention: less memory, and faster where the device has it [default: auto]'
            cand --cache-type-k 'The type of the keys in the KV cache; smaller ones save memory [default: f16]'
            cand --cache-type-v 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]'
            cand --draft 'A smaller model with the same vocabulary that guesses what comes next'
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --fit 'Choose KV cache types, GPU layers and context so that they fit into memory'
            cand --no-speculate 'Compute one token after the other'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;compare'= {
            cand --format 'How to print it; without it, a terminal shows two heat maps to walk in, and a pipe gets the table'
            cand -c 'Tokens in the context [default: auto]'
            cand --ctx-size 'Tokens in the context [default: auto]'
            cand -t 'Threads that compute [default: auto]'
            cand --threads 'Threads that compute [default: auto]'
            cand -b 'Prompt tokens handed over at once [default: 2048]'
            cand --batch-size 'Prompt tokens handed over at once [default: 2048]'
            cand --ubatch-size 'Prompt tokens computed at once [default: 512]'
            cand --gpu-layers 'Layers that go to the GPU [default: auto]'
            cand --device 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev'
            cand --flash-attn 'Flash attention: less memory, and faster where the device has it [default: auto]'
            cand --cache-type-k 'The type of the keys in the KV cache; smaller ones save memory [default: f16]'
            cand --cache-type-v 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]'
            cand --draft 'A smaller model with the same vocabulary that guesses what comes next'
            cand --theme 'A theme from `limpid themes list`, or the path of a theme file [default: ansi]'
            cand --color-by 'Colour the tokens of answers by their probability, entropy, rank or surprise [default: off]'
            cand -m 'The two models: -m A -m B; names from `limpid models list`, or paths'
            cand --model 'The two models: -m A -m B; names from `limpid models list`, or paths'
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --fit 'Choose KV cache types, GPU layers and context so that they fit into memory'
            cand --no-speculate 'Compute one token after the other'
            cand --linear 'Chat in lines that are only ever added, with words for marks: for screen readers'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;attention'= {
            cand --token 'The token that looks, counted from 1; without it, the last'
            cand --layer 'One layer, counted from 0; without it, the mean over all'
            cand --head 'One head of the layer, counted from 0; without it, the mean over the layer''s'
            cand --format 'How to print the weights'
            cand -m 'The model: a name from `limpid models list`, or a path'
            cand --model 'The model: a name from `limpid models list`, or a path'
            cand -c 'Tokens in the context [default: auto]'
            cand --ctx-size 'Tokens in the context [default: auto]'
            cand -t 'Threads that compute [default: auto]'
            cand --threads 'Threads that compute [default: auto]'
            cand -b 'Prompt tokens handed over at once [default: 2048]'
            cand --batch-size 'Prompt tokens handed over at once [default: 2048]'
            cand --ubatch-size 'Prompt tokens computed at once [default: 512]'
            cand --gpu-layers 'Layers that go to the GPU [default: auto]'
            cand --device 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev'
            cand --flash-attn 'Flash attention: less memory, and faster where the device has it [default: auto]'
            cand --cache-type-k 'The type of the keys in the KV cache; smaller ones save memory [default: f16]'
            cand --cache-type-v 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]'
            cand --draft 'A smaller model with the same vocabulary that guesses what comes next'
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --fit 'Choose KV cache types, GPU layers and context so that they fit into memory'
            cand --no-speculate 'Compute one token after the other'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;bench'= {
            cand -p 'Tokens of the prefill test; 0 leaves it out'
            cand --n-prompt 'Tokens of the prefill test; 0 leaves it out'
            cand -n 'Tokens of the decode test; 0 leaves it out'
            cand --n-gen 'Tokens of the decode test; 0 leaves it out'
            cand -d 'Tokens that are in the context before each test'
            cand --n-depth 'Tokens that are in the context before each test'
            cand -r 'How often each test is repeated'
            cand --repetitions 'How often each test is repeated'
            cand -o 'How to print the results'
            cand --format 'How to print the results'
            cand -m 'The model: a name from `limpid models list`, or a path'
            cand --model 'The model: a name from `limpid models list`, or a path'
            cand -c 'Tokens in the context [default: auto]'
            cand --ctx-size 'Tokens in the context [default: auto]'
            cand -t 'Threads that compute [default: auto]'
            cand --threads 'Threads that compute [default: auto]'
            cand -b 'Prompt tokens handed over at once [default: 2048]'
            cand --batch-size 'Prompt tokens handed over at once [default: 2048]'
            cand --ubatch-size 'Prompt tokens computed at once [default: 512]'
            cand --gpu-layers 'Layers that go to the GPU [default: auto]'
            cand --device 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev'
            cand --flash-attn 'Flash attention: less memory, and faster where the device has it [default: auto]'
            cand --cache-type-k 'The type of the keys in the KV cache; smaller ones save memory [default: f16]'
            cand --cache-type-v 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]'
            cand --draft 'A smaller model with the same vocabulary that guesses what comes next'
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --fit 'Choose KV cache types, GPU layers and context so that they fit into memory'
            cand --no-speculate 'Compute one token after the other'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;tune'= {
            cand --time 'About how long it may take, converting and loading included'
            cand --text 'What to measure perplexity on, instead of a text of its own'
            cand --format 'How to print what was found'
            cand -m 'The model: a name from `limpid models list`, or a path'
            cand --model 'The model: a name from `limpid models list`, or a path'
            cand -c 'Tokens in the context [default: auto]'
            cand --ctx-size 'Tokens in the context [default: auto]'
            cand -t 'Threads that compute [default: auto]'
            cand --threads 'Threads that compute [default: auto]'
            cand -b 'Prompt tokens handed over at once [default: 2048]'
            cand --batch-size 'Prompt tokens handed over at once [default: 2048]'
            cand --ubatch-size 'Prompt tokens computed at once [default: 512]'
            cand --gpu-layers 'Layers that go to the GPU [default: auto]'
            cand --device 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev'
            cand --flash-attn 'Flash attention: less memory, and faster where the device has it [default: auto]'
            cand --cache-type-k 'The type of the keys in the KV cache; smaller ones save memory [default: f16]'
            cand --cache-type-v 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]'
            cand --draft 'A smaller model with the same vocabulary that guesses what comes next'
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --formats 'Also try copies in other formats, which are removed afterwards'
            cand --forget 'Forget what was kept for this model on this machine'
            cand --fit 'Choose KV cache types, GPU layers and context so that they fit into memory'
            cand --no-speculate 'Compute one token after the other'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;serve'= {
            cand --format 'How to print the status'
            cand --max-clients 'Programs that may use it at a time'
            cand --max-requests 'Requests that may be open at a time; a quarter of them for each program'
            cand -m 'The model: a name from `limpid models list`, or a path'
            cand --model 'The model: a name from `limpid models list`, or a path'
            cand -c 'Tokens in the context [default: auto]'
            cand --ctx-size 'Tokens in the context [default: auto]'
            cand -t 'Threads that compute [default: auto]'
            cand --threads 'Threads that compute [default: auto]'
            cand -b 'Prompt tokens handed over at once [default: 2048]'
            cand --batch-size 'Prompt tokens handed over at once [default: 2048]'
            cand --ubatch-size 'Prompt tokens computed at once [default: 512]'
            cand --gpu-layers 'Layers that go to the GPU [default: auto]'
            cand --device 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev'
            cand --flash-attn 'Flash attention: less memory, and faster where the device has it [default: auto]'
            cand --cache-type-k 'The type of the keys in the KV cache; smaller ones save memory [default: f16]'
            cand --cache-type-v 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]'
            cand --draft 'A smaller model with the same vocabulary that guesses what comes next'
            cand --keep-alive 'How long the model stays loaded after the last request, for the next limpid to start with: 90s, 30m, 2h, forever, or off [default: off]'
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --status 'Say what runs: its model, clients and memory, and when it ends'
            cand --stop 'End the one that runs'
            cand --detached 'Leave the terminal; limpid''s own, for keep_alive'
            cand --fit 'Choose KV cache types, GPU layers and context so that they fit into memory'
            cand --no-speculate 'Compute one token after the other'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;history'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'Stored conversations: the pinned ones, then the others, the latest first'
            cand search 'Find words in what was said, the latest conversation first'
            cand show 'Print a conversation'
            cand export 'Write a conversation in another form, or rated answers to train on'
            cand import 'Keep conversations from limpid''s jsonl, ChatGPT, aichat, llm, or a list of messages'
            cand pin 'Keep conversations on top of the list'
            cand unpin 'Pin them no more'
            cand tag 'Give a conversation tags'
            cand untag 'Take tags off a conversation'
            cand rename 'Name a conversation'
            cand archive 'Leave conversations out of the list, unless it is asked for them'
            cand unarchive 'Take them back into the list'
            cand restore 'Bring back what was deleted in the list of conversations; without an ID, say what is there'
            cand rm 'Delete conversations for good'
            cand purge 'Delete every conversation for good'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'limpid;history;list'= {
            cand --tag 'Only those with this tag; given several times, with all of them'
            cand --format 'How to print the list'
            cand --limit 'At most this many'
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --archived 'The archived ones, which are left out otherwise'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;history;search'= {
            cand --format 'How to print what was found'
            cand --limit 'At most this many conversations'
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;history;show'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;history;export'= {
            cand --format 'The form; without it as the file''s ending says, else md, or sft with --rated'
            cand -o 'Where to; without it, standard output'
            cand --output 'Where to; without it, standard output'
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --rated 'The answers that were rated or corrected, as JSON Lines'
            cand --all 'With --rated: of all conversations'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;history;import'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;history;pin'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;history;unpin'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;history;tag'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;history;untag'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;history;rename'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;history;archive'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;history;unarchive'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;history;restore'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;history;rm'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;history;purge'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;history;help'= {
            cand list 'Stored conversations: the pinned ones, then the others, the latest first'
            cand search 'Find words in what was said, the latest conversation first'
            cand show 'Print a conversation'
            cand export 'Write a conversation in another form, or rated answers to train on'
            cand import 'Keep conversations from limpid''s jsonl, ChatGPT, aichat, llm, or a list of messages'
            cand pin 'Keep conversations on top of the list'
            cand unpin 'Pin them no more'
            cand tag 'Give a conversation tags'
            cand untag 'Take tags off a conversation'
            cand rename 'Name a conversation'
            cand archive 'Leave conversations out of the list, unless it is asked for them'
            cand unarchive 'Take them back into the list'
            cand restore 'Bring back what was deleted in the list of conversations; without an ID, say what is there'
            cand rm 'Delete conversations for good'
            cand purge 'Delete every conversation for good'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'limpid;history;help;list'= {
        }
        &'limpid;history;help;search'= {
        }
        &'limpid;history;help;show'= {
        }
        &'limpid;history;help;export'= {
        }
        &'limpid;history;help;import'= {
        }
        &'limpid;history;help;pin'= {
        }
        &'limpid;history;help;unpin'= {
        }
        &'limpid;history;help;tag'= {
        }
        &'limpid;history;help;untag'= {
        }
        &'limpid;history;help;rename'= {
        }
        &'limpid;history;help;archive'= {
        }
        &'limpid;history;help;unarchive'= {
        }
        &'limpid;history;help;restore'= {
        }
        &'limpid;history;help;rm'= {
        }
        &'limpid;history;help;purge'= {
        }
        &'limpid;history;help;help'= {
        }
        &'limpid;doctor'= {
            cand --format 'How to print what was found'
            cand -m 'The model: a name from `limpid models list`, or a path'
            cand --model 'The model: a name from `limpid models list`, or a path'
            cand -c 'Tokens in the context [default: auto]'
            cand --ctx-size 'Tokens in the context [default: auto]'
            cand -t 'Threads that compute [default: auto]'
            cand --threads 'Threads that compute [default: auto]'
            cand -b 'Prompt tokens handed over at once [default: 2048]'
            cand --batch-size 'Prompt tokens handed over at once [default: 2048]'
            cand --ubatch-size 'Prompt tokens computed at once [default: 512]'
            cand --gpu-layers 'Layers that go to the GPU [default: auto]'
            cand --device 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev'
            cand --flash-attn 'Flash attention: less memory, and faster where the device has it [default: auto]'
            cand --cache-type-k 'The type of the keys in the KV cache; smaller ones save memory [default: f16]'
            cand --cache-type-v 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]'
            cand --draft 'A smaller model with the same vocabulary that guesses what comes next'
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --fit 'Choose KV cache types, GPU layers and context so that they fit into memory'
            cand --no-speculate 'Compute one token after the other'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;config'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand init 'Write a settings file with every option explained'
            cand show 'Every value, and where it came from'
            cand path 'Where limpid keeps its files'
            cand check 'Look for mistakes in the settings file, and for keys that do less than they seem to'
            cand keys 'Every key in force, what it does, and where that was said'
            cand get 'Print one value'
            cand set 'Write one value to the settings file, and leave the rest of it as it is'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'limpid;config;init'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --force 'Replace the one that is there'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;config;show'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;config;path'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;config;check'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;config;keys'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;config;get'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;config;set'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;config;help'= {
            cand init 'Write a settings file with every option explained'
            cand show 'Every value, and where it came from'
            cand path 'Where limpid keeps its files'
            cand check 'Look for mistakes in the settings file, and for keys that do less than they seem to'
            cand keys 'Every key in force, what it does, and where that was said'
            cand get 'Print one value'
            cand set 'Write one value to the settings file, and leave the rest of it as it is'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'limpid;config;help;init'= {
        }
        &'limpid;config;help;show'= {
        }
        &'limpid;config;help;path'= {
        }
        &'limpid;config;help;check'= {
        }
        &'limpid;config;help;keys'= {
        }
        &'limpid;config;help;get'= {
        }
        &'limpid;config;help;set'= {
        }
        &'limpid;config;help;help'= {
        }
        &'limpid;themes'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'The themes that can be chosen'
            cand show 'Every style of a theme, drawn in itself'
            cand check 'Look for mistakes in a theme file'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'limpid;themes;list'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;themes;show'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;themes;check'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;themes;help'= {
            cand list 'The themes that can be chosen'
            cand show 'Every style of a theme, drawn in itself'
            cand check 'Look for mistakes in a theme file'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'limpid;themes;help;list'= {
        }
        &'limpid;themes;help;show'= {
        }
        &'limpid;themes;help;check'= {
        }
        &'limpid;themes;help;help'= {
        }
        &'limpid;tasks'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'The tasks that --task and /task know'
            cand show 'The file of a task, as it is written'
            cand init 'Copy a built-in task to your own, to be changed there'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'limpid;tasks;list'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;tasks;show'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;tasks;init'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;tasks;help'= {
            cand list 'The tasks that --task and /task know'
            cand show 'The file of a task, as it is written'
            cand init 'Copy a built-in task to your own, to be changed there'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'limpid;tasks;help;list'= {
        }
        &'limpid;tasks;help;show'= {
        }
        &'limpid;tasks;help;init'= {
        }
        &'limpid;tasks;help;help'= {
        }
        &'limpid;completions'= {
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;man'= {
            cand --out 'Write every page, and the completions, to this folder'
            cand --color 'Whether to use colour [default: auto]'
            cand --language 'The language of the interface: English or Simplified Chinese [default: auto]'
            cand --offline 'Never open a connection to the network'
            cand --no-sandbox 'Do not confine the engine process'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Show the engine''s log too'
            cand --verbose 'Show the engine''s log too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'limpid;help'= {
            cand repl 'Chat in lines, for poor links, screen readers and dumb terminals'
            cand models 'List, fetch, check and describe models'
            cand tokens 'Show how a text is cut into tokens'
            cand score 'Show what a model makes of each token of a text, and the text''s perplexity'
            cand compare 'Show what two models, or two quantisations of one, hold of the same text'
            cand attention 'Show where a model looks at a token of a text'
            cand bench 'Measure prefill and decode speed'
            cand tune 'Try how a model is loaded best on this machine, and keep that'
            cand serve 'Keep a model loaded, for every limpid on this machine to share'
            cand history 'List, show, export, import and delete stored conversations'
            cand doctor 'Look at the terminal, the machine and the model, and say what to do'
            cand config 'Show and change settings'
            cand themes 'List, show and check themes'
            cand tasks 'List, show and copy ready-made tasks'
            cand completions 'Print a shell''s completion script'
            cand man 'Print a manual page, or write them all'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'limpid;help;repl'= {
        }
        &'limpid;help;models'= {
            cand list 'The models of the catalogue and those found on this machine'
            cand pull 'Fetch a model of the catalogue; an interrupted one is resumed'
            cand show 'What a model file says about itself'
            cand verify 'Compare files with the catalogue''s checksums'
            cand import 'Take a GGUF file into limpid''s own folder'
            cand quantize 'Write a model in another format, such as Q8_0 or Q4_K_M'
            cand rm 'Delete models that limpid keeps'
        }
        &'limpid;help;models;list'= {
        }
        &'limpid;help;models;pull'= {
        }
        &'limpid;help;models;show'= {
        }
        &'limpid;help;models;verify'= {
        }
        &'limpid;help;models;import'= {
        }
        &'limpid;help;models;quantize'= {
        }
        &'limpid;help;models;rm'= {
        }
        &'limpid;help;tokens'= {
        }
        &'limpid;help;score'= {
        }
        &'limpid;help;compare'= {
        }
        &'limpid;help;attention'= {
        }
        &'limpid;help;bench'= {
        }
        &'limpid;help;tune'= {
        }
        &'limpid;help;serve'= {
        }
        &'limpid;help;history'= {
            cand list 'Stored conversations: the pinned ones, then the others, the latest first'
            cand search 'Find words in what was said, the latest conversation first'
            cand show 'Print a conversation'
            cand export 'Write a conversation in another form, or rated answers to train on'
            cand import 'Keep conversations from limpid''s jsonl, ChatGPT, aichat, llm, or a list of messages'
            cand pin 'Keep conversations on top of the list'
            cand unpin 'Pin them no more'
            cand tag 'Give a conversation tags'
            cand untag 'Take tags off a conversation'
            cand rename 'Name a conversation'
            cand archive 'Leave conversations out of the list, unless it is asked for them'
            cand unarchive 'Take them back into the list'
            cand restore 'Bring back what was deleted in the list of conversations; without an ID, say what is there'
            cand rm 'Delete conversations for good'
            cand purge 'Delete every conversation for good'
        }
        &'limpid;help;history;list'= {
        }
        &'limpid;help;history;search'= {
        }
        &'limpid;help;history;show'= {
        }
        &'limpid;help;history;export'= {
        }
        &'limpid;help;history;import'= {
        }
        &'limpid;help;history;pin'= {
        }
        &'limpid;help;history;unpin'= {
        }
        &'limpid;help;history;tag'= {
        }
        &'limpid;help;history;untag'= {
        }
        &'limpid;help;history;rename'= {
        }
        &'limpid;help;history;archive'= {
        }
        &'limpid;help;history;unarchive'= {
        }
        &'limpid;help;history;restore'= {
        }
        &'limpid;help;history;rm'= {
        }
        &'limpid;help;history;purge'= {
        }
        &'limpid;help;doctor'= {
        }
        &'limpid;help;config'= {
            cand init 'Write a settings file with every option explained'
            cand show 'Every value, and where it came from'
            cand path 'Where limpid keeps its files'
            cand check 'Look for mistakes in the settings file, and for keys that do less than they seem to'
            cand keys 'Every key in force, what it does, and where that was said'
            cand get 'Print one value'
            cand set 'Write one value to the settings file, and leave the rest of it as it is'
        }
        &'limpid;help;config;init'= {
        }
        &'limpid;help;config;show'= {
        }
        &'limpid;help;config;path'= {
        }
        &'limpid;help;config;check'= {
        }
        &'limpid;help;config;keys'= {
        }
        &'limpid;help;config;get'= {
        }
        &'limpid;help;config;set'= {
        }
        &'limpid;help;themes'= {
            cand list 'The themes that can be chosen'
            cand show 'Every style of a theme, drawn in itself'
            cand check 'Look for mistakes in a theme file'
        }
        &'limpid;help;themes;list'= {
        }
        &'limpid;help;themes;show'= {
        }
        &'limpid;help;themes;check'= {
        }
        &'limpid;help;tasks'= {
            cand list 'The tasks that --task and /task know'
            cand show 'The file of a task, as it is written'
            cand init 'Copy a built-in task to your own, to be changed there'
        }
        &'limpid;help;tasks;list'= {
        }
        &'limpid;help;tasks;show'= {
        }
        &'limpid;help;tasks;init'= {
        }
        &'limpid;help;completions'= {
        }
        &'limpid;help;man'= {
        }
        &'limpid;help;help'= {
        }
    ]
    $completions[$command]
}
