# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_limpid_global_optspecs
    string join \n p/prompt= f/file= messages= prefill= task= param= raw show-prompt C/continue= i/interactive plain format= top-logprobs= list-devices m/model= c/ctx-size= t/threads= b/batch-size= ubatch-size= gpu-layers= device= flash-attn= cache-type-k= cache-type-v= fit no-speculate draft= keep-alive= preset= temp= s/seed= top-k= top-p= min-p= typical= top-n-sigma= xtc-probability= xtc-threshold= dry-multiplier= dry-base= dry-allowed-length= dry-penalty-last-n= dry-sequence-breaker= repeat-last-n= repeat-penalty= presence-penalty= frequency-penalty= mirostat= mirostat-ent= mirostat-lr= l/logit-bias= grammar= grammar-file= j/json-schema= J/json-schema-file= samplers= n/predict= r/stop= system= system-prompt-file= chat-template= chat-template-file= candidates= reasoning= thinking= context-full= incognito kv-cache-mb= theme= color-by= linear offline no-sandbox q/quiet v/verbose color= language= h/help V/version
end

function __fish_limpid_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_limpid_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_limpid_using_subcommand
    set -l cmd (__fish_limpid_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c limpid -n "__fish_limpid_needs_command" -s p -l prompt -d 'What to ask' -r
complete -c limpid -n "__fish_limpid_needs_command" -s f -l file -d 'Put a file\'s text before the prompt; `-` is standard input. Repeatable' -r -F
complete -c limpid -n "__fish_limpid_needs_command" -l messages -d 'Ask with an OpenAI-style JSON array of messages; `-` is standard input' -r -F
complete -c limpid -n "__fish_limpid_needs_command" -l prefill -d 'What the answer begins with: the model goes on after it' -r
complete -c limpid -n "__fish_limpid_needs_command" -l task -d 'Put the text to the model as a ready-made task; `limpid tasks list` shows them' -r -f -a "ask\t''
classify\t''
commit\t''
explain\t''
extract\t''
rewrite\t''
summarize\t''
translate\t''"
complete -c limpid -n "__fish_limpid_needs_command" -l param -d 'A parameter of the task, as language=French. Repeatable' -r
complete -c limpid -n "__fish_limpid_needs_command" -s C -l continue -d 'Go on with the last conversation, or with the one that has this ID' -r
complete -c limpid -n "__fish_limpid_needs_command" -l format -d 'How to print the answer' -r -f -a "text\t'The answer alone, its exact bytes'
json\t'One OpenAI-style object at the end, with log-probabilities'
jsonl\t'One event a line'"
complete -c limpid -n "__fish_limpid_needs_command" -l top-logprobs -d 'Alternatives to print with each token, with --format json or jsonl [default: 5]' -r
complete -c limpid -n "__fish_limpid_needs_command" -s m -l model -d 'The model: a name from `limpid models list`, or a path' -r
complete -c limpid -n "__fish_limpid_needs_command" -s c -l ctx-size -d 'Tokens in the context [default: auto]' -r
complete -c limpid -n "__fish_limpid_needs_command" -s t -l threads -d 'Threads that compute [default: auto]' -r
complete -c limpid -n "__fish_limpid_needs_command" -s b -l batch-size -d 'Prompt tokens handed over at once [default: 2048]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l ubatch-size -d 'Prompt tokens computed at once [default: 512]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l gpu-layers -d 'Layers that go to the GPU [default: auto]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l device -d 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev' -r
complete -c limpid -n "__fish_limpid_needs_command" -l flash-attn -d 'Flash attention: less memory, and faster where the device has it [default: auto]' -r -f -a "auto\t''
on\t''
off\t''"
complete -c limpid -n "__fish_limpid_needs_command" -l cache-type-k -d 'The type of the keys in the KV cache; smaller ones save memory [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_needs_command" -l cache-type-v -d 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_needs_command" -l draft -d 'A smaller model with the same vocabulary that guesses what comes next' -r
complete -c limpid -n "__fish_limpid_needs_command" -l keep-alive -d 'How long the model stays loaded after the last request, for the next limpid to start with: 90s, 30m, 2h, forever, or off [default: off]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l preset -d 'Take all sampler settings from a preset: precise, balanced, creative, greedy, model, or your own; other flags count more' -r
complete -c limpid -n "__fish_limpid_needs_command" -l temp -d 'Flattens (above 1) or sharpens (below 1) the odds [default: 0.8]' -r
complete -c limpid -n "__fish_limpid_needs_command" -s s -l seed -d 'Seed of the random numbers [default: random]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l top-k -d 'Keep the K most probable tokens; 0 keeps all [default: 40]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l top-p -d 'Keep the most probable tokens that together reach this probability; 1 keeps all [default: 0.95]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l min-p -d 'Drop tokens less probable than this share of the best one\'s probability; 0 drops none [default: 0.05]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l typical -d 'Locally typical sampling: keep tokens whose surprise is near the entropy; 1 turns it off [default: 1]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l top-n-sigma -d 'Keep tokens whose logit is within N standard deviations of the best; 0 or less turns it off [default: -1]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l xtc-probability -d 'How often to exclude the top choices (XTC); 0 turns it off [default: 0]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l xtc-threshold -d 'The probability from which XTC counts a token as a top choice; above 0.5 it cannot act [default: 0.1]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l dry-multiplier -d 'Strength of the penalty on extending a repetition (DRY); 0 turns it off [default: 0]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l dry-base -d 'How fast the DRY penalty grows with the repetition\'s length [default: 1.75]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l dry-allowed-length -d 'Repetitions of up to this many tokens go unpunished by DRY [default: 2]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l dry-penalty-last-n -d 'How many tokens back DRY looks; 0 none, -1 the whole context [default: -1]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l dry-sequence-breaker -d 'A text that a repetition does not cross for DRY; replaces the default ones. Repeatable' -r
complete -c limpid -n "__fish_limpid_needs_command" -l repeat-last-n -d 'How many tokens back the penalties look; 0 none, -1 the whole context [default: 64]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l repeat-penalty -d 'Divides the logits of tokens that came already; 1 turns it off [default: 1]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l presence-penalty -d 'Subtracted once from the logits of tokens that came already; 0 turns it off [default: 0]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l frequency-penalty -d 'Subtracted from a token\'s logit for each time it came; 0 turns it off [default: 0]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l mirostat -d 'Hold the surprise at a target instead of truncating: 1 or 2 is the version, 0 turns it off [default: 0]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l mirostat-ent -d 'Mirostat\'s target surprise, in bits [default: 5]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l mirostat-lr -d 'Mirostat\'s learning rate [default: 0.1]' -r
complete -c limpid -n "__fish_limpid_needs_command" -s l -l logit-bias -d 'Adds to the logit of one token: 15043+1, or 15043-inf to forbid it. Repeatable' -r
complete -c limpid -n "__fish_limpid_needs_command" -l grammar -d 'A GBNF grammar that the answer must follow, or @FILE' -r
complete -c limpid -n "__fish_limpid_needs_command" -l grammar-file -d 'Read the GBNF grammar from a file' -r -F
complete -c limpid -n "__fish_limpid_needs_command" -s j -l json-schema -d 'A JSON schema that the answer must follow, or @FILE' -r
complete -c limpid -n "__fish_limpid_needs_command" -s J -l json-schema-file -d 'Read the JSON schema from a file' -r -F
complete -c limpid -n "__fish_limpid_needs_command" -l samplers -d 'The samplers in the order they act, with semicolons between; one that is not named does not act [default: penalties; dry; top_n_sigma; top_k; typ_p; top_p; min_p; xtc; temperature]' -r
complete -c limpid -n "__fish_limpid_needs_command" -s n -l predict -d 'Tokens an answer may have [default: unlimited]' -r
complete -c limpid -n "__fish_limpid_needs_command" -s r -l stop -d 'A text that ends the answer and is not part of it. Repeatable' -r
complete -c limpid -n "__fish_limpid_needs_command" -l system -d 'The system message; @FILE reads it from a file, @NAME takes a named one: concise, teacher, translator, reviewer, or your own. Short: -sys' -r
complete -c limpid -n "__fish_limpid_needs_command" -l system-prompt-file -d 'Read the system message from a file. Short: -sysf' -r -F
complete -c limpid -n "__fish_limpid_needs_command" -l chat-template -d 'A Jinja chat template instead of the model\'s own, or @FILE' -r
complete -c limpid -n "__fish_limpid_needs_command" -l chat-template-file -d 'Read the chat template from a file' -r -F
complete -c limpid -n "__fish_limpid_needs_command" -l candidates -d 'Alternatives collected for each token; 0 collects none, and neither rank nor entropy [default: 40]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l reasoning -d 'What is shown of the reasoning of a model [default: auto]' -r -f -a "auto\t''
on\t''
off\t''
only\t''"
complete -c limpid -n "__fish_limpid_needs_command" -l thinking -d 'Whether a model that can think before it answers is asked to [default: auto]' -r -f -a "auto\t''
on\t''
off\t''"
complete -c limpid -n "__fish_limpid_needs_command" -l context-full -d 'When the context is full: stop and say so, drop the oldest turns (the system message stays), or have the model summarise them and send that instead [default: stop]' -r -f -a "stop\t''
drop-oldest\t''
summarise\t''"
complete -c limpid -n "__fish_limpid_needs_command" -l kv-cache-mb -d 'Megabytes on disk for the KV cache of conversations, so that opening a long one again takes no computing; those not used for longest leave [default: 1024]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l theme -d 'A theme from `limpid themes list`, or the path of a theme file [default: ansi]' -r
complete -c limpid -n "__fish_limpid_needs_command" -l color-by -d 'Colour the tokens of answers by their probability, entropy, rank or surprise [default: off]' -r -f -a "off\t''
probability\t''
entropy\t''
rank\t''
surprise\t''"
complete -c limpid -n "__fish_limpid_needs_command" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_needs_command" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_needs_command" -l raw -d 'Complete the text as it is, without a chat template: for base models'
complete -c limpid -n "__fish_limpid_needs_command" -l show-prompt -d 'Print the exact prompt the model would read, special tokens visible, and exit'
complete -c limpid -n "__fish_limpid_needs_command" -s i -l interactive -d 'Chat on the terminal after the prompt or the piped text is answered'
complete -c limpid -n "__fish_limpid_needs_command" -l plain -d 'Chat in lines, without the full screen, as `limpid repl` does'
complete -c limpid -n "__fish_limpid_needs_command" -l list-devices -d 'List the devices that were built in, and exit'
complete -c limpid -n "__fish_limpid_needs_command" -l fit -d 'Choose KV cache types, GPU layers and context so that they fit into memory'
complete -c limpid -n "__fish_limpid_needs_command" -l no-speculate -d 'Compute one token after the other'
complete -c limpid -n "__fish_limpid_needs_command" -l incognito -d 'Write nothing to disk'
complete -c limpid -n "__fish_limpid_needs_command" -l linear -d 'Chat in lines that are only ever added, with words for marks: for screen readers'
complete -c limpid -n "__fish_limpid_needs_command" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_needs_command" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_needs_command" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_needs_command" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_needs_command" -s V -l version -d 'Print version'
complete -c limpid -n "__fish_limpid_needs_command" -a "repl" -d 'Chat in lines, for poor links, screen readers and dumb terminals'
complete -c limpid -n "__fish_limpid_needs_command" -a "models" -d 'List, fetch, check and describe models'
complete -c limpid -n "__fish_limpid_needs_command" -a "tokens" -d 'Show how a text is cut into tokens'
complete -c limpid -n "__fish_limpid_needs_command" -a "score" -d 'Show what a model makes of each token of a text, and the text\'s perplexity'
complete -c limpid -n "__fish_limpid_needs_command" -a "compare" -d 'Show what two models, or two quantisations of one, hold of the same text'
complete -c limpid -n "__fish_limpid_needs_command" -a "attention" -d 'Show where a model looks at a token of a text'
complete -c limpid -n "__fish_limpid_needs_command" -a "bench" -d 'Measure prefill and decode speed'
complete -c limpid -n "__fish_limpid_needs_command" -a "tune" -d 'Try how a model is loaded best on this machine, and keep that'
complete -c limpid -n "__fish_limpid_needs_command" -a "serve" -d 'Keep a model loaded, for every limpid on this machine to share'
complete -c limpid -n "__fish_limpid_needs_command" -a "history" -d 'List, show, export, import and delete stored conversations'
complete -c limpid -n "__fish_limpid_needs_command" -a "doctor" -d 'Look at the terminal, the machine and the model, and say what to do'
complete -c limpid -n "__fish_limpid_needs_command" -a "config" -d 'Show and change settings'
complete -c limpid -n "__fish_limpid_needs_command" -a "themes" -d 'List, show and check themes'
complete -c limpid -n "__fish_limpid_needs_command" -a "tasks" -d 'List, show and copy ready-made tasks'
complete -c limpid -n "__fish_limpid_needs_command" -a "completions" -d 'Print a shell\'s completion script'
complete -c limpid -n "__fish_limpid_needs_command" -a "man" -d 'Print a manual page, or write them all'
complete -c limpid -n "__fish_limpid_needs_command" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c limpid -n "__fish_limpid_using_subcommand repl" -s C -l continue -d 'Go on with the last conversation, or with the one that has this ID' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -s m -l model -d 'The model: a name from `limpid models list`, or a path' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -s c -l ctx-size -d 'Tokens in the context [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -s t -l threads -d 'Threads that compute [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -s b -l batch-size -d 'Prompt tokens handed over at once [default: 2048]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l ubatch-size -d 'Prompt tokens computed at once [default: 512]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l gpu-layers -d 'Layers that go to the GPU [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l device -d 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l flash-attn -d 'Flash attention: less memory, and faster where the device has it [default: auto]' -r -f -a "auto\t''
on\t''
off\t''"
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l cache-type-k -d 'The type of the keys in the KV cache; smaller ones save memory [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l cache-type-v -d 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l draft -d 'A smaller model with the same vocabulary that guesses what comes next' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l keep-alive -d 'How long the model stays loaded after the last request, for the next limpid to start with: 90s, 30m, 2h, forever, or off [default: off]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l preset -d 'Take all sampler settings from a preset: precise, balanced, creative, greedy, model, or your own; other flags count more' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l temp -d 'Flattens (above 1) or sharpens (below 1) the odds [default: 0.8]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -s s -l seed -d 'Seed of the random numbers [default: random]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l top-k -d 'Keep the K most probable tokens; 0 keeps all [default: 40]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l top-p -d 'Keep the most probable tokens that together reach this probability; 1 keeps all [default: 0.95]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l min-p -d 'Drop tokens less probable than this share of the best one\'s probability; 0 drops none [default: 0.05]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l typical -d 'Locally typical sampling: keep tokens whose surprise is near the entropy; 1 turns it off [default: 1]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l top-n-sigma -d 'Keep tokens whose logit is within N standard deviations of the best; 0 or less turns it off [default: -1]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l xtc-probability -d 'How often to exclude the top choices (XTC); 0 turns it off [default: 0]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l xtc-threshold -d 'The probability from which XTC counts a token as a top choice; above 0.5 it cannot act [default: 0.1]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l dry-multiplier -d 'Strength of the penalty on extending a repetition (DRY); 0 turns it off [default: 0]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l dry-base -d 'How fast the DRY penalty grows with the repetition\'s length [default: 1.75]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l dry-allowed-length -d 'Repetitions of up to this many tokens go unpunished by DRY [default: 2]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l dry-penalty-last-n -d 'How many tokens back DRY looks; 0 none, -1 the whole context [default: -1]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l dry-sequence-breaker -d 'A text that a repetition does not cross for DRY; replaces the default ones. Repeatable' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l repeat-last-n -d 'How many tokens back the penalties look; 0 none, -1 the whole context [default: 64]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l repeat-penalty -d 'Divides the logits of tokens that came already; 1 turns it off [default: 1]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l presence-penalty -d 'Subtracted once from the logits of tokens that came already; 0 turns it off [default: 0]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l frequency-penalty -d 'Subtracted from a token\'s logit for each time it came; 0 turns it off [default: 0]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l mirostat -d 'Hold the surprise at a target instead of truncating: 1 or 2 is the version, 0 turns it off [default: 0]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l mirostat-ent -d 'Mirostat\'s target surprise, in bits [default: 5]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l mirostat-lr -d 'Mirostat\'s learning rate [default: 0.1]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -s l -l logit-bias -d 'Adds to the logit of one token: 15043+1, or 15043-inf to forbid it. Repeatable' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l grammar -d 'A GBNF grammar that the answer must follow, or @FILE' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l grammar-file -d 'Read the GBNF grammar from a file' -r -F
complete -c limpid -n "__fish_limpid_using_subcommand repl" -s j -l json-schema -d 'A JSON schema that the answer must follow, or @FILE' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -s J -l json-schema-file -d 'Read the JSON schema from a file' -r -F
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l samplers -d 'The samplers in the order they act, with semicolons between; one that is not named does not act [default: penalties; dry; top_n_sigma; top_k; typ_p; top_p; min_p; xtc; temperature]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -s n -l predict -d 'Tokens an answer may have [default: unlimited]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -s r -l stop -d 'A text that ends the answer and is not part of it. Repeatable' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l system -d 'The system message; @FILE reads it from a file, @NAME takes a named one: concise, teacher, translator, reviewer, or your own. Short: -sys' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l system-prompt-file -d 'Read the system message from a file. Short: -sysf' -r -F
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l chat-template -d 'A Jinja chat template instead of the model\'s own, or @FILE' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l chat-template-file -d 'Read the chat template from a file' -r -F
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l candidates -d 'Alternatives collected for each token; 0 collects none, and neither rank nor entropy [default: 40]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l reasoning -d 'What is shown of the reasoning of a model [default: auto]' -r -f -a "auto\t''
on\t''
off\t''
only\t''"
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l thinking -d 'Whether a model that can think before it answers is asked to [default: auto]' -r -f -a "auto\t''
on\t''
off\t''"
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l context-full -d 'When the context is full: stop and say so, drop the oldest turns (the system message stays), or have the model summarise them and send that instead [default: stop]' -r -f -a "stop\t''
drop-oldest\t''
summarise\t''"
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l kv-cache-mb -d 'Megabytes on disk for the KV cache of conversations, so that opening a long one again takes no computing; those not used for longest leave [default: 1024]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l theme -d 'A theme from `limpid themes list`, or the path of a theme file [default: ansi]' -r
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l color-by -d 'Colour the tokens of answers by their probability, entropy, rank or surprise [default: off]' -r -f -a "off\t''
probability\t''
entropy\t''
rank\t''
surprise\t''"
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l fit -d 'Choose KV cache types, GPU layers and context so that they fit into memory'
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l no-speculate -d 'Compute one token after the other'
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l incognito -d 'Write nothing to disk'
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l linear -d 'Chat in lines that are only ever added, with words for marks: for screen readers'
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand repl" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand repl" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand repl" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand repl" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand models; and not __fish_seen_subcommand_from list pull show verify import quantize rm help" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand models; and not __fish_seen_subcommand_from list pull show verify import quantize rm help" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand models; and not __fish_seen_subcommand_from list pull show verify import quantize rm help" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand models; and not __fish_seen_subcommand_from list pull show verify import quantize rm help" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand models; and not __fish_seen_subcommand_from list pull show verify import quantize rm help" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand models; and not __fish_seen_subcommand_from list pull show verify import quantize rm help" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand models; and not __fish_seen_subcommand_from list pull show verify import quantize rm help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand models; and not __fish_seen_subcommand_from list pull show verify import quantize rm help" -f -a "list" -d 'The models of the catalogue and those found on this machine'
complete -c limpid -n "__fish_limpid_using_subcommand models; and not __fish_seen_subcommand_from list pull show verify import quantize rm help" -f -a "pull" -d 'Fetch a model of the catalogue; an interrupted one is resumed'
complete -c limpid -n "__fish_limpid_using_subcommand models; and not __fish_seen_subcommand_from list pull show verify import quantize rm help" -f -a "show" -d 'What a model file says about itself'
complete -c limpid -n "__fish_limpid_using_subcommand models; and not __fish_seen_subcommand_from list pull show verify import quantize rm help" -f -a "verify" -d 'Compare files with the catalogue\'s checksums'
complete -c limpid -n "__fish_limpid_using_subcommand models; and not __fish_seen_subcommand_from list pull show verify import quantize rm help" -f -a "import" -d 'Take a GGUF file into limpid\'s own folder'
complete -c limpid -n "__fish_limpid_using_subcommand models; and not __fish_seen_subcommand_from list pull show verify import quantize rm help" -f -a "quantize" -d 'Write a model in another format, such as Q8_0 or Q4_K_M'
complete -c limpid -n "__fish_limpid_using_subcommand models; and not __fish_seen_subcommand_from list pull show verify import quantize rm help" -f -a "rm" -d 'Delete models that limpid keeps'
complete -c limpid -n "__fish_limpid_using_subcommand models; and not __fish_seen_subcommand_from list pull show verify import quantize rm help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from list" -l format -d 'How to print the list' -r -f -a "text\t''
json\t''"
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from list" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from list" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from list" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from list" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from pull" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from pull" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from pull" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from pull" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from pull" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from pull" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from pull" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from show" -l format -d 'How to print it' -r -f -a "text\t''
json\t''"
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from show" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from show" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from show" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from show" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from verify" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from verify" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from verify" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from verify" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from import" -l name -d 'The name it gets; without it, the file\'s own' -r
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from import" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from import" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from import" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from import" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from quantize" -l to -d 'In what to store its matrices' -r -f -a "F16\t''
BF16\t''
Q8_0\t''
Q6_K\t''
Q5_K_M\t''
Q5_K_S\t''
Q5_1\t''
Q5_0\t''
Q4_K_M\t''
Q4_K_S\t''
Q4_1\t''
Q4_0\t''
IQ4_NL\t''
IQ4_XS\t''
Q3_K_L\t''
Q3_K_M\t''
Q3_K_S\t''
Q2_K\t''"
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from quantize" -s o -l output -d 'Where to; without it, limpid\'s own folder, under the model\'s name with the new format' -r -F
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from quantize" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from quantize" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from quantize" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from quantize" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from quantize" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from quantize" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from quantize" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from rm" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from rm" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Do not ask'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from rm" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from rm" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "list" -d 'The models of the catalogue and those found on this machine'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "pull" -d 'Fetch a model of the catalogue; an interrupted one is resumed'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "show" -d 'What a model file says about itself'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Compare files with the catalogue\'s checksums'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "import" -d 'Take a GGUF file into limpid\'s own folder'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "quantize" -d 'Write a model in another format, such as Q8_0 or Q4_K_M'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "rm" -d 'Delete models that limpid keeps'
complete -c limpid -n "__fish_limpid_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -l check -d 'Compare with the original tokenizer, over the text or a built-in multilingual one' -r -F
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -l format -d 'How to print the tokens' -r -f -a "text\t'A line for each token: byte offset, id, text'
json\t'One array'
jsonl\t'One object a line'"
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -s m -l model -d 'The model: a name from `limpid models list`, or a path' -r
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -s c -l ctx-size -d 'Tokens in the context [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -s t -l threads -d 'Threads that compute [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -s b -l batch-size -d 'Prompt tokens handed over at once [default: 2048]' -r
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -l ubatch-size -d 'Prompt tokens computed at once [default: 512]' -r
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -l gpu-layers -d 'Layers that go to the GPU [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -l device -d 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev' -r
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -l flash-attn -d 'Flash attention: less memory, and faster where the device has it [default: auto]' -r -f -a "auto\t''
on\t''
off\t''"
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -l cache-type-k -d 'The type of the keys in the KV cache; smaller ones save memory [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -l cache-type-v -d 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -l draft -d 'A smaller model with the same vocabulary that guesses what comes next' -r
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -l special -d 'Take special tokens in the text for what they are, as a template\'s text is taken'
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -l bos -d 'Begin with the token that the model expects at the beginning'
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -l count -d 'Print the number of tokens alone'
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -l fit -d 'Choose KV cache types, GPU layers and context so that they fit into memory'
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -l no-speculate -d 'Compute one token after the other'
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand tokens" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand score" -l method -d 'In which windows to read; their size is --ctx-size, by default 2048 tokens sliding and 512 in halves' -r -f -a "sliding\t'Every token once, each with at least a window\'s rest before it'
halves\t'The second half of windows that do not overlap: the perplexity of llama-perplexity'"
complete -c limpid -n "__fish_limpid_using_subcommand score" -l stride -d 'Tokens from one sliding window to the next [default: half a window]' -r
complete -c limpid -n "__fish_limpid_using_subcommand score" -l chunks -d 'Windows to read at most' -r
complete -c limpid -n "__fish_limpid_using_subcommand score" -l by -d 'Tell tokens, words or sentences, or only what is least certain' -r -f -a "token\t''
word\t''
sentence\t''
uncertain\t'Runs of words that were each less probable than one half, the least probable first'"
complete -c limpid -n "__fish_limpid_using_subcommand score" -l top-logprobs -d 'Alternatives to show of each token' -r
complete -c limpid -n "__fish_limpid_using_subcommand score" -l format -d 'How to print the odds' -r -f -a "text\t'A line a token'
jsonl\t'An object a token and one for the text'
html\t'A self-contained page with a heat map'
svg\t'A picture with a heat map'"
complete -c limpid -n "__fish_limpid_using_subcommand score" -s m -l model -d 'The model: a name from `limpid models list`, or a path' -r
complete -c limpid -n "__fish_limpid_using_subcommand score" -s c -l ctx-size -d 'Tokens in the context [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand score" -s t -l threads -d 'Threads that compute [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand score" -s b -l batch-size -d 'Prompt tokens handed over at once [default: 2048]' -r
complete -c limpid -n "__fish_limpid_using_subcommand score" -l ubatch-size -d 'Prompt tokens computed at once [default: 512]' -r
complete -c limpid -n "__fish_limpid_using_subcommand score" -l gpu-layers -d 'Layers that go to the GPU [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand score" -l device -d 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev' -r
complete -c limpid -n "__fish_limpid_using_subcommand score" -l flash-attn -d 'Flash attention: less memory, and faster where the device has it [default: auto]' -r -f -a "auto\t''
on\t''
off\t''"
complete -c limpid -n "__fish_limpid_using_subcommand score" -l cache-type-k -d 'The type of the keys in the KV cache; smaller ones save memory [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_using_subcommand score" -l cache-type-v -d 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_using_subcommand score" -l draft -d 'A smaller model with the same vocabulary that guesses what comes next' -r
complete -c limpid -n "__fish_limpid_using_subcommand score" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand score" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand score" -l fit -d 'Choose KV cache types, GPU layers and context so that they fit into memory'
complete -c limpid -n "__fish_limpid_using_subcommand score" -l no-speculate -d 'Compute one token after the other'
complete -c limpid -n "__fish_limpid_using_subcommand score" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand score" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand score" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand score" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand score" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand compare" -l format -d 'How to print it; without it, a terminal shows two heat maps to walk in, and a pipe gets the table' -r -f -a "table\t'A line for each token, and the numbers of the whole text'
jsonl\t'One object a line; the last one sums up'
html\t'A self-contained page with a heat map for each model'"
complete -c limpid -n "__fish_limpid_using_subcommand compare" -s c -l ctx-size -d 'Tokens in the context [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand compare" -s t -l threads -d 'Threads that compute [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand compare" -s b -l batch-size -d 'Prompt tokens handed over at once [default: 2048]' -r
complete -c limpid -n "__fish_limpid_using_subcommand compare" -l ubatch-size -d 'Prompt tokens computed at once [default: 512]' -r
complete -c limpid -n "__fish_limpid_using_subcommand compare" -l gpu-layers -d 'Layers that go to the GPU [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand compare" -l device -d 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev' -r
complete -c limpid -n "__fish_limpid_using_subcommand compare" -l flash-attn -d 'Flash attention: less memory, and faster where the device has it [default: auto]' -r -f -a "auto\t''
on\t''
off\t''"
complete -c limpid -n "__fish_limpid_using_subcommand compare" -l cache-type-k -d 'The type of the keys in the KV cache; smaller ones save memory [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_using_subcommand compare" -l cache-type-v -d 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_using_subcommand compare" -l draft -d 'A smaller model with the same vocabulary that guesses what comes next' -r
complete -c limpid -n "__fish_limpid_using_subcommand compare" -l theme -d 'A theme from `limpid themes list`, or the path of a theme file [default: ansi]' -r
complete -c limpid -n "__fish_limpid_using_subcommand compare" -l color-by -d 'Colour the tokens of answers by their probability, entropy, rank or surprise [default: off]' -r -f -a "off\t''
probability\t''
entropy\t''
rank\t''
surprise\t''"
complete -c limpid -n "__fish_limpid_using_subcommand compare" -s m -l model -d 'The two models: -m A -m B; names from `limpid models list`, or paths' -r
complete -c limpid -n "__fish_limpid_using_subcommand compare" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand compare" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand compare" -l fit -d 'Choose KV cache types, GPU layers and context so that they fit into memory'
complete -c limpid -n "__fish_limpid_using_subcommand compare" -l no-speculate -d 'Compute one token after the other'
complete -c limpid -n "__fish_limpid_using_subcommand compare" -l linear -d 'Chat in lines that are only ever added, with words for marks: for screen readers'
complete -c limpid -n "__fish_limpid_using_subcommand compare" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand compare" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand compare" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand compare" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand compare" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand attention" -l token -d 'The token that looks, counted from 1; without it, the last' -r
complete -c limpid -n "__fish_limpid_using_subcommand attention" -l layer -d 'One layer, counted from 0; without it, the mean over all' -r
complete -c limpid -n "__fish_limpid_using_subcommand attention" -l head -d 'One head of the layer, counted from 0; without it, the mean over the layer\'s' -r
complete -c limpid -n "__fish_limpid_using_subcommand attention" -l format -d 'How to print the weights' -r -f -a "table\t'The strongest sources'
json\t'Every token with its weight'
html\t'A self-contained page with a heat map'"
complete -c limpid -n "__fish_limpid_using_subcommand attention" -s m -l model -d 'The model: a name from `limpid models list`, or a path' -r
complete -c limpid -n "__fish_limpid_using_subcommand attention" -s c -l ctx-size -d 'Tokens in the context [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand attention" -s t -l threads -d 'Threads that compute [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand attention" -s b -l batch-size -d 'Prompt tokens handed over at once [default: 2048]' -r
complete -c limpid -n "__fish_limpid_using_subcommand attention" -l ubatch-size -d 'Prompt tokens computed at once [default: 512]' -r
complete -c limpid -n "__fish_limpid_using_subcommand attention" -l gpu-layers -d 'Layers that go to the GPU [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand attention" -l device -d 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev' -r
complete -c limpid -n "__fish_limpid_using_subcommand attention" -l flash-attn -d 'Flash attention: less memory, and faster where the device has it [default: auto]' -r -f -a "auto\t''
on\t''
off\t''"
complete -c limpid -n "__fish_limpid_using_subcommand attention" -l cache-type-k -d 'The type of the keys in the KV cache; smaller ones save memory [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_using_subcommand attention" -l cache-type-v -d 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_using_subcommand attention" -l draft -d 'A smaller model with the same vocabulary that guesses what comes next' -r
complete -c limpid -n "__fish_limpid_using_subcommand attention" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand attention" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand attention" -l fit -d 'Choose KV cache types, GPU layers and context so that they fit into memory'
complete -c limpid -n "__fish_limpid_using_subcommand attention" -l no-speculate -d 'Compute one token after the other'
complete -c limpid -n "__fish_limpid_using_subcommand attention" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand attention" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand attention" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand attention" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand attention" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand bench" -s p -l n-prompt -d 'Tokens of the prefill test; 0 leaves it out' -r
complete -c limpid -n "__fish_limpid_using_subcommand bench" -s n -l n-gen -d 'Tokens of the decode test; 0 leaves it out' -r
complete -c limpid -n "__fish_limpid_using_subcommand bench" -s d -l n-depth -d 'Tokens that are in the context before each test' -r
complete -c limpid -n "__fish_limpid_using_subcommand bench" -s r -l repetitions -d 'How often each test is repeated' -r
complete -c limpid -n "__fish_limpid_using_subcommand bench" -s o -l format -d 'How to print the results' -r -f -a "md\t'A Markdown table'
csv\t''
json\t''"
complete -c limpid -n "__fish_limpid_using_subcommand bench" -s m -l model -d 'The model: a name from `limpid models list`, or a path' -r
complete -c limpid -n "__fish_limpid_using_subcommand bench" -s c -l ctx-size -d 'Tokens in the context [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand bench" -s t -l threads -d 'Threads that compute [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand bench" -s b -l batch-size -d 'Prompt tokens handed over at once [default: 2048]' -r
complete -c limpid -n "__fish_limpid_using_subcommand bench" -l ubatch-size -d 'Prompt tokens computed at once [default: 512]' -r
complete -c limpid -n "__fish_limpid_using_subcommand bench" -l gpu-layers -d 'Layers that go to the GPU [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand bench" -l device -d 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev' -r
complete -c limpid -n "__fish_limpid_using_subcommand bench" -l flash-attn -d 'Flash attention: less memory, and faster where the device has it [default: auto]' -r -f -a "auto\t''
on\t''
off\t''"
complete -c limpid -n "__fish_limpid_using_subcommand bench" -l cache-type-k -d 'The type of the keys in the KV cache; smaller ones save memory [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_using_subcommand bench" -l cache-type-v -d 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_using_subcommand bench" -l draft -d 'A smaller model with the same vocabulary that guesses what comes next' -r
complete -c limpid -n "__fish_limpid_using_subcommand bench" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand bench" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand bench" -l fit -d 'Choose KV cache types, GPU layers and context so that they fit into memory'
complete -c limpid -n "__fish_limpid_using_subcommand bench" -l no-speculate -d 'Compute one token after the other'
complete -c limpid -n "__fish_limpid_using_subcommand bench" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand bench" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand bench" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand bench" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand bench" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand tune" -l time -d 'About how long it may take, converting and loading included' -r
complete -c limpid -n "__fish_limpid_using_subcommand tune" -l text -d 'What to measure perplexity on, instead of a text of its own' -r -F
complete -c limpid -n "__fish_limpid_using_subcommand tune" -l format -d 'How to print what was found' -r -f -a "text\t''
json\t''"
complete -c limpid -n "__fish_limpid_using_subcommand tune" -s m -l model -d 'The model: a name from `limpid models list`, or a path' -r
complete -c limpid -n "__fish_limpid_using_subcommand tune" -s c -l ctx-size -d 'Tokens in the context [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand tune" -s t -l threads -d 'Threads that compute [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand tune" -s b -l batch-size -d 'Prompt tokens handed over at once [default: 2048]' -r
complete -c limpid -n "__fish_limpid_using_subcommand tune" -l ubatch-size -d 'Prompt tokens computed at once [default: 512]' -r
complete -c limpid -n "__fish_limpid_using_subcommand tune" -l gpu-layers -d 'Layers that go to the GPU [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand tune" -l device -d 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev' -r
complete -c limpid -n "__fish_limpid_using_subcommand tune" -l flash-attn -d 'Flash attention: less memory, and faster where the device has it [default: auto]' -r -f -a "auto\t''
on\t''
off\t''"
complete -c limpid -n "__fish_limpid_using_subcommand tune" -l cache-type-k -d 'The type of the keys in the KV cache; smaller ones save memory [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_using_subcommand tune" -l cache-type-v -d 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_using_subcommand tune" -l draft -d 'A smaller model with the same vocabulary that guesses what comes next' -r
complete -c limpid -n "__fish_limpid_using_subcommand tune" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand tune" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand tune" -l formats -d 'Also try copies in other formats, which are removed afterwards'
complete -c limpid -n "__fish_limpid_using_subcommand tune" -l forget -d 'Forget what was kept for this model on this machine'
complete -c limpid -n "__fish_limpid_using_subcommand tune" -l fit -d 'Choose KV cache types, GPU layers and context so that they fit into memory'
complete -c limpid -n "__fish_limpid_using_subcommand tune" -l no-speculate -d 'Compute one token after the other'
complete -c limpid -n "__fish_limpid_using_subcommand tune" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand tune" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand tune" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand tune" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand tune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l format -d 'How to print the status' -r -f -a "text\t''
json\t''"
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l max-clients -d 'Programs that may use it at a time' -r
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l max-requests -d 'Requests that may be open at a time; a quarter of them for each program' -r
complete -c limpid -n "__fish_limpid_using_subcommand serve" -s m -l model -d 'The model: a name from `limpid models list`, or a path' -r
complete -c limpid -n "__fish_limpid_using_subcommand serve" -s c -l ctx-size -d 'Tokens in the context [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand serve" -s t -l threads -d 'Threads that compute [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand serve" -s b -l batch-size -d 'Prompt tokens handed over at once [default: 2048]' -r
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l ubatch-size -d 'Prompt tokens computed at once [default: 512]' -r
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l gpu-layers -d 'Layers that go to the GPU [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l device -d 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev' -r
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l flash-attn -d 'Flash attention: less memory, and faster where the device has it [default: auto]' -r -f -a "auto\t''
on\t''
off\t''"
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l cache-type-k -d 'The type of the keys in the KV cache; smaller ones save memory [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l cache-type-v -d 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l draft -d 'A smaller model with the same vocabulary that guesses what comes next' -r
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l keep-alive -d 'How long the model stays loaded after the last request, for the next limpid to start with: 90s, 30m, 2h, forever, or off [default: off]' -r
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l status -d 'Say what runs: its model, clients and memory, and when it ends'
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l stop -d 'End the one that runs'
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l detached -d 'Leave the terminal; limpid\'s own, for keep_alive'
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l fit -d 'Choose KV cache types, GPU layers and context so that they fit into memory'
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l no-speculate -d 'Compute one token after the other'
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand serve" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand serve" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand serve" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -f -a "list" -d 'Stored conversations: the pinned ones, then the others, the latest first'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -f -a "search" -d 'Find words in what was said, the latest conversation first'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -f -a "show" -d 'Print a conversation'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -f -a "export" -d 'Write a conversation in another form, or rated answers to train on'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -f -a "import" -d 'Keep conversations from limpid\'s jsonl, ChatGPT, aichat, llm, or a list of messages'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -f -a "pin" -d 'Keep conversations on top of the list'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -f -a "unpin" -d 'Pin them no more'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -f -a "tag" -d 'Give a conversation tags'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -f -a "untag" -d 'Take tags off a conversation'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -f -a "rename" -d 'Name a conversation'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -f -a "archive" -d 'Leave conversations out of the list, unless it is asked for them'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -f -a "unarchive" -d 'Take them back into the list'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -f -a "restore" -d 'Bring back what was deleted in the list of conversations; without an ID, say what is there'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -f -a "rm" -d 'Delete conversations for good'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -f -a "purge" -d 'Delete every conversation for good'
complete -c limpid -n "__fish_limpid_using_subcommand history; and not __fish_seen_subcommand_from list search show export import pin unpin tag untag rename archive unarchive restore rm purge help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from list" -l tag -d 'Only those with this tag; given several times, with all of them' -r
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from list" -l format -d 'How to print the list' -r -f -a "text\t''
json\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from list" -l limit -d 'At most this many' -r
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from list" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from list" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from list" -l archived -d 'The archived ones, which are left out otherwise'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from list" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from list" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from search" -l format -d 'How to print what was found' -r -f -a "text\t''
json\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from search" -l limit -d 'At most this many conversations' -r
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from search" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from search" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from search" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from search" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from search" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from search" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from show" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from show" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from show" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from show" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from export" -l format -d 'The form; without it as the file\'s ending says, else md, or sft with --rated' -r -f -a "md\t'Markdown'
html\t'One page for a browser'
text\t'Plain text'
json\t'The messages as an OpenAI-style JSON array'
jsonl\t'The records as they are stored'
sft\t'Of rated answers: chats to learn from'
preference\t'Of rated answers: pairs of a better and a worse one'"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from export" -s o -l output -d 'Where to; without it, standard output' -r -F
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from export" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from export" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from export" -l rated -d 'The answers that were rated or corrected, as JSON Lines'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from export" -l all -d 'With --rated: of all conversations'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from export" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from export" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from import" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from import" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from import" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from import" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from pin" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from pin" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from pin" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from pin" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from pin" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from pin" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from pin" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from unpin" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from unpin" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from unpin" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from unpin" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from unpin" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from unpin" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from unpin" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from tag" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from tag" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from tag" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from tag" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from tag" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from tag" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from tag" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from untag" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from untag" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from untag" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from untag" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from untag" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from untag" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from untag" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from rename" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from rename" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from rename" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from rename" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from rename" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from rename" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from archive" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from archive" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from archive" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from archive" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from archive" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from archive" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from archive" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from unarchive" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from unarchive" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from unarchive" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from unarchive" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from unarchive" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from unarchive" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from unarchive" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from restore" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from restore" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from restore" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from restore" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from rm" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from rm" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from rm" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from rm" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from purge" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from purge" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from purge" -s y -l yes -d 'Do not ask'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from purge" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from purge" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from purge" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from purge" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from purge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "list" -d 'Stored conversations: the pinned ones, then the others, the latest first'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "search" -d 'Find words in what was said, the latest conversation first'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print a conversation'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write a conversation in another form, or rated answers to train on'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "import" -d 'Keep conversations from limpid\'s jsonl, ChatGPT, aichat, llm, or a list of messages'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "pin" -d 'Keep conversations on top of the list'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "unpin" -d 'Pin them no more'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "tag" -d 'Give a conversation tags'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "untag" -d 'Take tags off a conversation'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "rename" -d 'Name a conversation'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "archive" -d 'Leave conversations out of the list, unless it is asked for them'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "unarchive" -d 'Take them back into the list'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "restore" -d 'Bring back what was deleted in the list of conversations; without an ID, say what is there'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "rm" -d 'Delete conversations for good'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "purge" -d 'Delete every conversation for good'
complete -c limpid -n "__fish_limpid_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -l format -d 'How to print what was found' -r -f -a "text\t''
json\t''"
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -s m -l model -d 'The model: a name from `limpid models list`, or a path' -r
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -s c -l ctx-size -d 'Tokens in the context [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -s t -l threads -d 'Threads that compute [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -s b -l batch-size -d 'Prompt tokens handed over at once [default: 2048]' -r
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -l ubatch-size -d 'Prompt tokens computed at once [default: 512]' -r
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -l gpu-layers -d 'Layers that go to the GPU [default: auto]' -r
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -l device -d 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev' -r
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -l flash-attn -d 'Flash attention: less memory, and faster where the device has it [default: auto]' -r -f -a "auto\t''
on\t''
off\t''"
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -l cache-type-k -d 'The type of the keys in the KV cache; smaller ones save memory [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -l cache-type-v -d 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]' -r -f -a "f32\t''
f16\t''
bf16\t''
q8_0\t''
q4_0\t''
q4_1\t''
iq4_nl\t''
q5_0\t''
q5_1\t''"
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -l draft -d 'A smaller model with the same vocabulary that guesses what comes next' -r
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -l fit -d 'Choose KV cache types, GPU layers and context so that they fit into memory'
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -l no-speculate -d 'Compute one token after the other'
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand config; and not __fish_seen_subcommand_from init show path check keys get set help" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand config; and not __fish_seen_subcommand_from init show path check keys get set help" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand config; and not __fish_seen_subcommand_from init show path check keys get set help" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand config; and not __fish_seen_subcommand_from init show path check keys get set help" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand config; and not __fish_seen_subcommand_from init show path check keys get set help" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand config; and not __fish_seen_subcommand_from init show path check keys get set help" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand config; and not __fish_seen_subcommand_from init show path check keys get set help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand config; and not __fish_seen_subcommand_from init show path check keys get set help" -f -a "init" -d 'Write a settings file with every option explained'
complete -c limpid -n "__fish_limpid_using_subcommand config; and not __fish_seen_subcommand_from init show path check keys get set help" -f -a "show" -d 'Every value, and where it came from'
complete -c limpid -n "__fish_limpid_using_subcommand config; and not __fish_seen_subcommand_from init show path check keys get set help" -f -a "path" -d 'Where limpid keeps its files'
complete -c limpid -n "__fish_limpid_using_subcommand config; and not __fish_seen_subcommand_from init show path check keys get set help" -f -a "check" -d 'Look for mistakes in the settings file, and for keys that do less than they seem to'
complete -c limpid -n "__fish_limpid_using_subcommand config; and not __fish_seen_subcommand_from init show path check keys get set help" -f -a "keys" -d 'Every key in force, what it does, and where that was said'
complete -c limpid -n "__fish_limpid_using_subcommand config; and not __fish_seen_subcommand_from init show path check keys get set help" -f -a "get" -d 'Print one value'
complete -c limpid -n "__fish_limpid_using_subcommand config; and not __fish_seen_subcommand_from init show path check keys get set help" -f -a "set" -d 'Write one value to the settings file, and leave the rest of it as it is'
complete -c limpid -n "__fish_limpid_using_subcommand config; and not __fish_seen_subcommand_from init show path check keys get set help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from init" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from init" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from init" -l force -d 'Replace the one that is there'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from init" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from init" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from init" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from init" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from show" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from show" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from show" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from path" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from path" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from path" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from check" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from check" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from check" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from check" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from keys" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from keys" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from keys" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from keys" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from keys" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from keys" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from keys" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from get" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from get" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from get" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from get" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from set" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from set" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from set" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from set" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "init" -d 'Write a settings file with every option explained'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "show" -d 'Every value, and where it came from'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "path" -d 'Where limpid keeps its files'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "check" -d 'Look for mistakes in the settings file, and for keys that do less than they seem to'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "keys" -d 'Every key in force, what it does, and where that was said'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "get" -d 'Print one value'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "set" -d 'Write one value to the settings file, and leave the rest of it as it is'
complete -c limpid -n "__fish_limpid_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and not __fish_seen_subcommand_from list show check help" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand themes; and not __fish_seen_subcommand_from list show check help" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand themes; and not __fish_seen_subcommand_from list show check help" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and not __fish_seen_subcommand_from list show check help" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and not __fish_seen_subcommand_from list show check help" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and not __fish_seen_subcommand_from list show check help" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and not __fish_seen_subcommand_from list show check help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and not __fish_seen_subcommand_from list show check help" -f -a "list" -d 'The themes that can be chosen'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and not __fish_seen_subcommand_from list show check help" -f -a "show" -d 'Every style of a theme, drawn in itself'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and not __fish_seen_subcommand_from list show check help" -f -a "check" -d 'Look for mistakes in a theme file'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and not __fish_seen_subcommand_from list show check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from list" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from list" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from list" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from list" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from show" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from show" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from show" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from show" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from check" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from check" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from check" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from check" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from help" -f -a "list" -d 'The themes that can be chosen'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from help" -f -a "show" -d 'Every style of a theme, drawn in itself'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from help" -f -a "check" -d 'Look for mistakes in a theme file'
complete -c limpid -n "__fish_limpid_using_subcommand themes; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and not __fish_seen_subcommand_from list show init help" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and not __fish_seen_subcommand_from list show init help" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and not __fish_seen_subcommand_from list show init help" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and not __fish_seen_subcommand_from list show init help" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and not __fish_seen_subcommand_from list show init help" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and not __fish_seen_subcommand_from list show init help" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and not __fish_seen_subcommand_from list show init help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and not __fish_seen_subcommand_from list show init help" -f -a "list" -d 'The tasks that --task and /task know'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and not __fish_seen_subcommand_from list show init help" -f -a "show" -d 'The file of a task, as it is written'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and not __fish_seen_subcommand_from list show init help" -f -a "init" -d 'Copy a built-in task to your own, to be changed there'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and not __fish_seen_subcommand_from list show init help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from list" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from list" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from list" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from list" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from show" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from show" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from show" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from show" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from init" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from init" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from init" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from init" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from init" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from init" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "list" -d 'The tasks that --task and /task know'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "show" -d 'The file of a task, as it is written'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "init" -d 'Copy a built-in task to your own, to be changed there'
complete -c limpid -n "__fish_limpid_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c limpid -n "__fish_limpid_using_subcommand completions" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand completions" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand completions" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand completions" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand completions" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand completions" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand man" -l out -d 'Write every page, and the completions, to this folder' -r -f -a "(__fish_complete_directories)"
complete -c limpid -n "__fish_limpid_using_subcommand man" -l color -d 'Whether to use colour [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c limpid -n "__fish_limpid_using_subcommand man" -l language -d 'The language of the interface: English or Simplified Chinese [default: auto]' -r -f -a "auto\t''
en\t''
zh\t''"
complete -c limpid -n "__fish_limpid_using_subcommand man" -l offline -d 'Never open a connection to the network'
complete -c limpid -n "__fish_limpid_using_subcommand man" -l no-sandbox -d 'Do not confine the engine process'
complete -c limpid -n "__fish_limpid_using_subcommand man" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c limpid -n "__fish_limpid_using_subcommand man" -s v -l verbose -d 'Show the engine\'s log too'
complete -c limpid -n "__fish_limpid_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c limpid -n "__fish_limpid_using_subcommand help; and not __fish_seen_subcommand_from repl models tokens score compare attention bench tune serve history doctor config themes tasks completions man help" -f -a "repl" -d 'Chat in lines, for poor links, screen readers and dumb terminals'
complete -c limpid -n "__fish_limpid_using_subcommand help; and not __fish_seen_subcommand_from repl models tokens score compare attention bench tune serve history doctor config themes tasks completions man help" -f -a "models" -d 'List, fetch, check and describe models'
complete -c limpid -n "__fish_limpid_using_subcommand help; and not __fish_seen_subcommand_from repl models tokens score compare attention bench tune serve history doctor config themes tasks completions man help" -f -a "tokens" -d 'Show how a text is cut into tokens'
complete -c limpid -n "__fish_limpid_using_subcommand help; and not __fish_seen_subcommand_from repl models tokens score compare attention bench tune serve history doctor config themes tasks completions man help" -f -a "score" -d 'Show what a model makes of each token of a text, and the text\'s perplexity'
complete -c limpid -n "__fish_limpid_using_subcommand help; and not __fish_seen_subcommand_from repl models tokens score compare attention bench tune serve history doctor config themes tasks completions man help" -f -a "compare" -d 'Show what two models, or two quantisations of one, hold of the same text'
complete -c limpid -n "__fish_limpid_using_subcommand help; and not __fish_seen_subcommand_from repl models tokens score compare attention bench tune serve history doctor config themes tasks completions man help" -f -a "attention" -d 'Show where a model looks at a token of a text'
complete -c limpid -n "__fish_limpid_using_subcommand help; and not __fish_seen_subcommand_from repl models tokens score compare attention bench tune serve history doctor config themes tasks completions man help" -f -a "bench" -d 'Measure prefill and decode speed'
complete -c limpid -n "__fish_limpid_using_subcommand help; and not __fish_seen_subcommand_from repl models tokens score compare attention bench tune serve history doctor config themes tasks completions man help" -f -a "tune" -d 'Try how a model is loaded best on this machine, and keep that'
complete -c limpid -n "__fish_limpid_using_subcommand help; and not __fish_seen_subcommand_from repl models tokens score compare attention bench tune serve history doctor config themes tasks completions man help" -f -a "serve" -d 'Keep a model loaded, for every limpid on this machine to share'
complete -c limpid -n "__fish_limpid_using_subcommand help; and not __fish_seen_subcommand_from repl models tokens score compare attention bench tune serve history doctor config themes tasks completions man help" -f -a "history" -d 'List, show, export, import and delete stored conversations'
complete -c limpid -n "__fish_limpid_using_subcommand help; and not __fish_seen_subcommand_from repl models tokens score compare attention bench tune serve history doctor config themes tasks completions man help" -f -a "doctor" -d 'Look at the terminal, the machine and the model, and say what to do'
complete -c limpid -n "__fish_limpid_using_subcommand help; and not __fish_seen_subcommand_from repl models tokens score compare attention bench tune serve history doctor config themes tasks completions man help" -f -a "config" -d 'Show and change settings'
complete -c limpid -n "__fish_limpid_using_subcommand help; and not __fish_seen_subcommand_from repl models tokens score compare attention bench tune serve history doctor config themes tasks completions man help" -f -a "themes" -d 'List, show and check themes'
complete -c limpid -n "__fish_limpid_using_subcommand help; and not __fish_seen_subcommand_from repl models tokens score compare attention bench tune serve history doctor config themes tasks completions man help" -f -a "tasks" -d 'List, show and copy ready-made tasks'
complete -c limpid -n "__fish_limpid_using_subcommand help; and not __fish_seen_subcommand_from repl models tokens score compare attention bench tune serve history doctor config themes tasks completions man help" -f -a "completions" -d 'Print a shell\'s completion script'
complete -c limpid -n "__fish_limpid_using_subcommand help; and not __fish_seen_subcommand_from repl models tokens score compare attention bench tune serve history doctor config themes tasks completions man help" -f -a "man" -d 'Print a manual page, or write them all'
complete -c limpid -n "__fish_limpid_using_subcommand help; and not __fish_seen_subcommand_from repl models tokens score compare attention bench tune serve history doctor config themes tasks completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "list" -d 'The models of the catalogue and those found on this machine'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "pull" -d 'Fetch a model of the catalogue; an interrupted one is resumed'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "show" -d 'What a model file says about itself'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "verify" -d 'Compare files with the catalogue\'s checksums'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "import" -d 'Take a GGUF file into limpid\'s own folder'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "quantize" -d 'Write a model in another format, such as Q8_0 or Q4_K_M'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "rm" -d 'Delete models that limpid keeps'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "list" -d 'Stored conversations: the pinned ones, then the others, the latest first'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "search" -d 'Find words in what was said, the latest conversation first'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "show" -d 'Print a conversation'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "export" -d 'Write a conversation in another form, or rated answers to train on'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "import" -d 'Keep conversations from limpid\'s jsonl, ChatGPT, aichat, llm, or a list of messages'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "pin" -d 'Keep conversations on top of the list'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "unpin" -d 'Pin them no more'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "tag" -d 'Give a conversation tags'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "untag" -d 'Take tags off a conversation'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "rename" -d 'Name a conversation'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "archive" -d 'Leave conversations out of the list, unless it is asked for them'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "unarchive" -d 'Take them back into the list'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "restore" -d 'Bring back what was deleted in the list of conversations; without an ID, say what is there'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "rm" -d 'Delete conversations for good'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "purge" -d 'Delete every conversation for good'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "init" -d 'Write a settings file with every option explained'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "show" -d 'Every value, and where it came from'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "path" -d 'Where limpid keeps its files'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "check" -d 'Look for mistakes in the settings file, and for keys that do less than they seem to'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "keys" -d 'Every key in force, what it does, and where that was said'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "get" -d 'Print one value'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "set" -d 'Write one value to the settings file, and leave the rest of it as it is'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from themes" -f -a "list" -d 'The themes that can be chosen'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from themes" -f -a "show" -d 'Every style of a theme, drawn in itself'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from themes" -f -a "check" -d 'Look for mistakes in a theme file'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from tasks" -f -a "list" -d 'The tasks that --task and /task know'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from tasks" -f -a "show" -d 'The file of a task, as it is written'
complete -c limpid -n "__fish_limpid_using_subcommand help; and __fish_seen_subcommand_from tasks" -f -a "init" -d 'Copy a built-in task to your own, to be changed there'
