
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'limpid' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'limpid'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'limpid' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'What to ask')
            [CompletionResult]::new('--prompt', '--prompt', [CompletionResultType]::ParameterName, 'What to ask')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Put a file''s text before the prompt; `-` is standard input. Repeatable')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Put a file''s text before the prompt; `-` is standard input. Repeatable')
            [CompletionResult]::new('--messages', '--messages', [CompletionResultType]::ParameterName, 'Ask with an OpenAI-style JSON array of messages; `-` is standard input')
            [CompletionResult]::new('--prefill', '--prefill', [CompletionResultType]::ParameterName, 'What the answer begins with: the model goes on after it')
            [CompletionResult]::new('--task', '--task', [CompletionResultType]::ParameterName, 'Put the text to the model as a ready-made task; `limpid tasks list` shows them')
            [CompletionResult]::new('--param', '--param', [CompletionResultType]::ParameterName, 'A parameter of the task, as language=French. Repeatable')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Go on with the last conversation, or with the one that has this ID')
            [CompletionResult]::new('--continue', '--continue', [CompletionResultType]::ParameterName, 'Go on with the last conversation, or with the one that has this ID')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the answer')
            [CompletionResult]::new('--top-logprobs', '--top-logprobs', [CompletionResultType]::ParameterName, 'Alternatives to print with each token, with --format json or jsonl [default: 5]')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The model: a name from `limpid models list`, or a path')
            [CompletionResult]::new('--model', '--model', [CompletionResultType]::ParameterName, 'The model: a name from `limpid models list`, or a path')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('--ctx-size', '--ctx-size', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--batch-size', '--batch-size', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--ubatch-size', '--ubatch-size', [CompletionResultType]::ParameterName, 'Prompt tokens computed at once [default: 512]')
            [CompletionResult]::new('--gpu-layers', '--gpu-layers', [CompletionResultType]::ParameterName, 'Layers that go to the GPU [default: auto]')
            [CompletionResult]::new('--device', '--device', [CompletionResultType]::ParameterName, 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev')
            [CompletionResult]::new('--flash-attn', '--flash-attn', [CompletionResultType]::ParameterName, 'Flash attention: less memory, and faster where the device has it [default: auto]')
            [CompletionResult]::new('--cache-type-k', '--cache-type-k', [CompletionResultType]::ParameterName, 'The type of the keys in the KV cache; smaller ones save memory [default: f16]')
            [CompletionResult]::new('--cache-type-v', '--cache-type-v', [CompletionResultType]::ParameterName, 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]')
            [CompletionResult]::new('--draft', '--draft', [CompletionResultType]::ParameterName, 'A smaller model with the same vocabulary that guesses what comes next')
            [CompletionResult]::new('--keep-alive', '--keep-alive', [CompletionResultType]::ParameterName, 'How long the model stays loaded after the last request, for the next limpid to start with: 90s, 30m, 2h, forever, or off [default: off]')
            [CompletionResult]::new('--preset', '--preset', [CompletionResultType]::ParameterName, 'Take all sampler settings from a preset: precise, balanced, creative, greedy, model, or your own; other flags count more')
            [CompletionResult]::new('--temp', '--temp', [CompletionResultType]::ParameterName, 'Flattens (above 1) or sharpens (below 1) the odds [default: 0.8]')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'Seed of the random numbers [default: random]')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Seed of the random numbers [default: random]')
            [CompletionResult]::new('--top-k', '--top-k', [CompletionResultType]::ParameterName, 'Keep the K most probable tokens; 0 keeps all [default: 40]')
            [CompletionResult]::new('--top-p', '--top-p', [CompletionResultType]::ParameterName, 'Keep the most probable tokens that together reach this probability; 1 keeps all [default: 0.95]')
            [CompletionResult]::new('--min-p', '--min-p', [CompletionResultType]::ParameterName, 'Drop tokens less probable than this share of the best one''s probability; 0 drops none [default: 0.05]')
            [CompletionResult]::new('--typical', '--typical', [CompletionResultType]::ParameterName, 'Locally typical sampling: keep tokens whose surprise is near the entropy; 1 turns it off [default: 1]')
            [CompletionResult]::new('--top-n-sigma', '--top-n-sigma', [CompletionResultType]::ParameterName, 'Keep tokens whose logit is within N standard deviations of the best; 0 or less turns it off [default: -1]')
            [CompletionResult]::new('--xtc-probability', '--xtc-probability', [CompletionResultType]::ParameterName, 'How often to exclude the top choices (XTC); 0 turns it off [default: 0]')
            [CompletionResult]::new('--xtc-threshold', '--xtc-threshold', [CompletionResultType]::ParameterName, 'The probability from which XTC counts a token as a top choice; above 0.5 it cannot act [default: 0.1]')
            [CompletionResult]::new('--dry-multiplier', '--dry-multiplier', [CompletionResultType]::ParameterName, 'Strength of the penalty on extending a repetition (DRY); 0 turns it off [default: 0]')
            [CompletionResult]::new('--dry-base', '--dry-base', [CompletionResultType]::ParameterName, 'How fast the DRY penalty grows with the repetition''s length [default: 1.75]')
            [CompletionResult]::new('--dry-allowed-length', '--dry-allowed-length', [CompletionResultType]::ParameterName, 'Repetitions of up to this many tokens go unpunished by DRY [default: 2]')
            [CompletionResult]::new('--dry-penalty-last-n', '--dry-penalty-last-n', [CompletionResultType]::ParameterName, 'How many tokens back DRY looks; 0 none, -1 the whole context [default: -1]')
            [CompletionResult]::new('--dry-sequence-breaker', '--dry-sequence-breaker', [CompletionResultType]::ParameterName, 'A text that a repetition does not cross for DRY; replaces the default ones. Repeatable')
            [CompletionResult]::new('--repeat-last-n', '--repeat-last-n', [CompletionResultType]::ParameterName, 'How many tokens back the penalties look; 0 none, -1 the whole context [default: 64]')
            [CompletionResult]::new('--repeat-penalty', '--repeat-penalty', [CompletionResultType]::ParameterName, 'Divides the logits of tokens that came already; 1 turns it off [default: 1]')
            [CompletionResult]::new('--presence-penalty', '--presence-penalty', [CompletionResultType]::ParameterName, 'Subtracted once from the logits of tokens that came already; 0 turns it off [default: 0]')
            [CompletionResult]::new('--frequency-penalty', '--frequency-penalty', [CompletionResultType]::ParameterName, 'Subtracted from a token''s logit for each time it came; 0 turns it off [default: 0]')
            [CompletionResult]::new('--mirostat', '--mirostat', [CompletionResultType]::ParameterName, 'Hold the surprise at a target instead of truncating: 1 or 2 is the version, 0 turns it off [default: 0]')
            [CompletionResult]::new('--mirostat-ent', '--mirostat-ent', [CompletionResultType]::ParameterName, 'Mirostat''s target surprise, in bits [default: 5]')
            [CompletionResult]::new('--mirostat-lr', '--mirostat-lr', [CompletionResultType]::ParameterName, 'Mirostat''s learning rate [default: 0.1]')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Adds to the logit of one token: 15043+1, or 15043-inf to forbid it. Repeatable')
            [CompletionResult]::new('--logit-bias', '--logit-bias', [CompletionResultType]::ParameterName, 'Adds to the logit of one token: 15043+1, or 15043-inf to forbid it. Repeatable')
            [CompletionResult]::new('--grammar', '--grammar', [CompletionResultType]::ParameterName, 'A GBNF grammar that the answer must follow, or @FILE')
            [CompletionResult]::new('--grammar-file', '--grammar-file', [CompletionResultType]::ParameterName, 'Read the GBNF grammar from a file')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'A JSON schema that the answer must follow, or @FILE')
            [CompletionResult]::new('--json-schema', '--json-schema', [CompletionResultType]::ParameterName, 'A JSON schema that the answer must follow, or @FILE')
            [CompletionResult]::new('-J', '-J ', [CompletionResultType]::ParameterName, 'Read the JSON schema from a file')
            [CompletionResult]::new('--json-schema-file', '--json-schema-file', [CompletionResultType]::ParameterName, 'Read the JSON schema from a file')
            [CompletionResult]::new('--samplers', '--samplers', [CompletionResultType]::ParameterName, 'The samplers in the order they act, with semicolons between; one that is not named does not act [default: penalties; dry; top_n_sigma; top_k; typ_p; top_p; min_p; xtc; temperature]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Tokens an answer may have [default: unlimited]')
            [CompletionResult]::new('--predict', '--predict', [CompletionResultType]::ParameterName, 'Tokens an answer may have [default: unlimited]')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'A text that ends the answer and is not part of it. Repeatable')
            [CompletionResult]::new('--stop', '--stop', [CompletionResultType]::ParameterName, 'A text that ends the answer and is not part of it. Repeatable')
            [CompletionResult]::new('--system', '--system', [CompletionResultType]::ParameterName, 'The system message; @FILE reads it from a file, @NAME takes a named one: concise, teacher, translator, reviewer, or your own. Short: -sys')
            [CompletionResult]::new('--system-prompt-file', '--system-prompt-file', [CompletionResultType]::ParameterName, 'Read the system message from a file. Short: -sysf')
            [CompletionResult]::new('--chat-template', '--chat-template', [CompletionResultType]::ParameterName, 'A Jinja chat template instead of the model''s own, or @FILE')
            [CompletionResult]::new('--chat-template-file', '--chat-template-file', [CompletionResultType]::ParameterName, 'Read the chat template from a file')
            [CompletionResult]::new('--candidates', '--candidates', [CompletionResultType]::ParameterName, 'Alternatives collected for each token; 0 collects none, and neither rank nor entropy [default: 40]')
            [CompletionResult]::new('--reasoning', '--reasoning', [CompletionResultType]::ParameterName, 'What is shown of the reasoning of a model [default: auto]')
            [CompletionResult]::new('--thinking', '--thinking', [CompletionResultType]::ParameterName, 'Whether a model that can think before it answers is asked to [default: auto]')
            [CompletionResult]::new('--context-full', '--context-full', [CompletionResultType]::ParameterName, 'When the context is full: stop and say so, drop the oldest turns (the system message stays), or have the model summarise them and send that instead [default: stop]')
            [CompletionResult]::new('--kv-cache-mb', '--kv-cache-mb', [CompletionResultType]::ParameterName, 'Megabytes on disk for the KV cache of conversations, so that opening a long one again takes no computing; those not used for longest leave [default: 1024]')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'A theme from `limpid themes list`, or the path of a theme file [default: ansi]')
            [CompletionResult]::new('--color-by', '--color-by', [CompletionResultType]::ParameterName, 'Colour the tokens of answers by their probability, entropy, rank or surprise [default: off]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'Complete the text as it is, without a chat template: for base models')
            [CompletionResult]::new('--show-prompt', '--show-prompt', [CompletionResultType]::ParameterName, 'Print the exact prompt the model would read, special tokens visible, and exit')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Chat on the terminal after the prompt or the piped text is answered')
            [CompletionResult]::new('--interactive', '--interactive', [CompletionResultType]::ParameterName, 'Chat on the terminal after the prompt or the piped text is answered')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Chat in lines, without the full screen, as `limpid repl` does')
            [CompletionResult]::new('--list-devices', '--list-devices', [CompletionResultType]::ParameterName, 'List the devices that were built in, and exit')
            [CompletionResult]::new('--fit', '--fit', [CompletionResultType]::ParameterName, 'Choose KV cache types, GPU layers and context so that they fit into memory')
            [CompletionResult]::new('--no-speculate', '--no-speculate', [CompletionResultType]::ParameterName, 'Compute one token after the other')
            [CompletionResult]::new('--incognito', '--incognito', [CompletionResultType]::ParameterName, 'Write nothing to disk')
            [CompletionResult]::new('--linear', '--linear', [CompletionResultType]::ParameterName, 'Chat in lines that are only ever added, with words for marks: for screen readers')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('repl', 'repl', [CompletionResultType]::ParameterValue, 'Chat in lines, for poor links, screen readers and dumb terminals')
            [CompletionResult]::new('models', 'models', [CompletionResultType]::ParameterValue, 'List, fetch, check and describe models')
            [CompletionResult]::new('tokens', 'tokens', [CompletionResultType]::ParameterValue, 'Show how a text is cut into tokens')
            [CompletionResult]::new('score', 'score', [CompletionResultType]::ParameterValue, 'Show what a model makes of each token of a text, and the text''s perplexity')
            [CompletionResult]::new('compare', 'compare', [CompletionResultType]::ParameterValue, 'Show what two models, or two quantisations of one, hold of the same text')
            [CompletionResult]::new('attention', 'attention', [CompletionResultType]::ParameterValue, 'Show where a model looks at a token of a text')
            [CompletionResult]::new('bench', 'bench', [CompletionResultType]::ParameterValue, 'Measure prefill and decode speed')
            [CompletionResult]::new('tune', 'tune', [CompletionResultType]::ParameterValue, 'Try how a model is loaded best on this machine, and keep that')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Keep a model loaded, for every limpid on this machine to share')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'List, show, export, import and delete stored conversations')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Look at the terminal, the machine and the model, and say what to do')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show and change settings')
            [CompletionResult]::new('themes', 'themes', [CompletionResultType]::ParameterValue, 'List, show and check themes')
            [CompletionResult]::new('tasks', 'tasks', [CompletionResultType]::ParameterValue, 'List, show and copy ready-made tasks')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a shell''s completion script')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print a manual page, or write them all')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'limpid;repl' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Go on with the last conversation, or with the one that has this ID')
            [CompletionResult]::new('--continue', '--continue', [CompletionResultType]::ParameterName, 'Go on with the last conversation, or with the one that has this ID')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The model: a name from `limpid models list`, or a path')
            [CompletionResult]::new('--model', '--model', [CompletionResultType]::ParameterName, 'The model: a name from `limpid models list`, or a path')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('--ctx-size', '--ctx-size', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--batch-size', '--batch-size', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--ubatch-size', '--ubatch-size', [CompletionResultType]::ParameterName, 'Prompt tokens computed at once [default: 512]')
            [CompletionResult]::new('--gpu-layers', '--gpu-layers', [CompletionResultType]::ParameterName, 'Layers that go to the GPU [default: auto]')
            [CompletionResult]::new('--device', '--device', [CompletionResultType]::ParameterName, 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev')
            [CompletionResult]::new('--flash-attn', '--flash-attn', [CompletionResultType]::ParameterName, 'Flash attention: less memory, and faster where the device has it [default: auto]')
            [CompletionResult]::new('--cache-type-k', '--cache-type-k', [CompletionResultType]::ParameterName, 'The type of the keys in the KV cache; smaller ones save memory [default: f16]')
            [CompletionResult]::new('--cache-type-v', '--cache-type-v', [CompletionResultType]::ParameterName, 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]')
            [CompletionResult]::new('--draft', '--draft', [CompletionResultType]::ParameterName, 'A smaller model with the same vocabulary that guesses what comes next')
            [CompletionResult]::new('--keep-alive', '--keep-alive', [CompletionResultType]::ParameterName, 'How long the model stays loaded after the last request, for the next limpid to start with: 90s, 30m, 2h, forever, or off [default: off]')
            [CompletionResult]::new('--preset', '--preset', [CompletionResultType]::ParameterName, 'Take all sampler settings from a preset: precise, balanced, creative, greedy, model, or your own; other flags count more')
            [CompletionResult]::new('--temp', '--temp', [CompletionResultType]::ParameterName, 'Flattens (above 1) or sharpens (below 1) the odds [default: 0.8]')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'Seed of the random numbers [default: random]')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Seed of the random numbers [default: random]')
            [CompletionResult]::new('--top-k', '--top-k', [CompletionResultType]::ParameterName, 'Keep the K most probable tokens; 0 keeps all [default: 40]')
            [CompletionResult]::new('--top-p', '--top-p', [CompletionResultType]::ParameterName, 'Keep the most probable tokens that together reach this probability; 1 keeps all [default: 0.95]')
            [CompletionResult]::new('--min-p', '--min-p', [CompletionResultType]::ParameterName, 'Drop tokens less probable than this share of the best one''s probability; 0 drops none [default: 0.05]')
            [CompletionResult]::new('--typical', '--typical', [CompletionResultType]::ParameterName, 'Locally typical sampling: keep tokens whose surprise is near the entropy; 1 turns it off [default: 1]')
            [CompletionResult]::new('--top-n-sigma', '--top-n-sigma', [CompletionResultType]::ParameterName, 'Keep tokens whose logit is within N standard deviations of the best; 0 or less turns it off [default: -1]')
            [CompletionResult]::new('--xtc-probability', '--xtc-probability', [CompletionResultType]::ParameterName, 'How often to exclude the top choices (XTC); 0 turns it off [default: 0]')
            [CompletionResult]::new('--xtc-threshold', '--xtc-threshold', [CompletionResultType]::ParameterName, 'The probability from which XTC counts a token as a top choice; above 0.5 it cannot act [default: 0.1]')
            [CompletionResult]::new('--dry-multiplier', '--dry-multiplier', [CompletionResultType]::ParameterName, 'Strength of the penalty on extending a repetition (DRY); 0 turns it off [default: 0]')
            [CompletionResult]::new('--dry-base', '--dry-base', [CompletionResultType]::ParameterName, 'How fast the DRY penalty grows with the repetition''s length [default: 1.75]')
            [CompletionResult]::new('--dry-allowed-length', '--dry-allowed-length', [CompletionResultType]::ParameterName, 'Repetitions of up to this many tokens go unpunished by DRY [default: 2]')
            [CompletionResult]::new('--dry-penalty-last-n', '--dry-penalty-last-n', [CompletionResultType]::ParameterName, 'How many tokens back DRY looks; 0 none, -1 the whole context [default: -1]')
            [CompletionResult]::new('--dry-sequence-breaker', '--dry-sequence-breaker', [CompletionResultType]::ParameterName, 'A text that a repetition does not cross for DRY; replaces the default ones. Repeatable')
            [CompletionResult]::new('--repeat-last-n', '--repeat-last-n', [CompletionResultType]::ParameterName, 'How many tokens back the penalties look; 0 none, -1 the whole context [default: 64]')
            [CompletionResult]::new('--repeat-penalty', '--repeat-penalty', [CompletionResultType]::ParameterName, 'Divides the logits of tokens that came already; 1 turns it off [default: 1]')
            [CompletionResult]::new('--presence-penalty', '--presence-penalty', [CompletionResultType]::ParameterName, 'Subtracted once from the logits of tokens that came already; 0 turns it off [default: 0]')
            [CompletionResult]::new('--frequency-penalty', '--frequency-penalty', [CompletionResultType]::ParameterName, 'Subtracted from a token''s logit for each time it came; 0 turns it off [default: 0]')
            [CompletionResult]::new('--mirostat', '--mirostat', [CompletionResultType]::ParameterName, 'Hold the surprise at a target instead of truncating: 1 or 2 is the version, 0 turns it off [default: 0]')
            [CompletionResult]::new('--mirostat-ent', '--mirostat-ent', [CompletionResultType]::ParameterName, 'Mirostat''s target surprise, in bits [default: 5]')
            [CompletionResult]::new('--mirostat-lr', '--mirostat-lr', [CompletionResultType]::ParameterName, 'Mirostat''s learning rate [default: 0.1]')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Adds to the logit of one token: 15043+1, or 15043-inf to forbid it. Repeatable')
            [CompletionResult]::new('--logit-bias', '--logit-bias', [CompletionResultType]::ParameterName, 'Adds to the logit of one token: 15043+1, or 15043-inf to forbid it. Repeatable')
            [CompletionResult]::new('--grammar', '--grammar', [CompletionResultType]::ParameterName, 'A GBNF grammar that the answer must follow, or @FILE')
            [CompletionResult]::new('--grammar-file', '--grammar-file', [CompletionResultType]::ParameterName, 'Read the GBNF grammar from a file')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'A JSON schema that the answer must follow, or @FILE')
            [CompletionResult]::new('--json-schema', '--json-schema', [CompletionResultType]::ParameterName, 'A JSON schema that the answer must follow, or @FILE')
            [CompletionResult]::new('-J', '-J ', [CompletionResultType]::ParameterName, 'Read the JSON schema from a file')
            [CompletionResult]::new('--json-schema-file', '--json-schema-file', [CompletionResultType]::ParameterName, 'Read the JSON schema from a file')
            [CompletionResult]::new('--samplers', '--samplers', [CompletionResultType]::ParameterName, 'The samplers in the order they act, with semicolons between; one that is not named does not act [default: penalties; dry; top_n_sigma; top_k; typ_p; top_p; min_p; xtc; temperature]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Tokens an answer may have [default: unlimited]')
            [CompletionResult]::new('--predict', '--predict', [CompletionResultType]::ParameterName, 'Tokens an answer may have [default: unlimited]')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'A text that ends the answer and is not part of it. Repeatable')
            [CompletionResult]::new('--stop', '--stop', [CompletionResultType]::ParameterName, 'A text that ends the answer and is not part of it. Repeatable')
            [CompletionResult]::new('--system', '--system', [CompletionResultType]::ParameterName, 'The system message; @FILE reads it from a file, @NAME takes a named one: concise, teacher, translator, reviewer, or your own. Short: -sys')
            [CompletionResult]::new('--system-prompt-file', '--system-prompt-file', [CompletionResultType]::ParameterName, 'Read the system message from a file. Short: -sysf')
            [CompletionResult]::new('--chat-template', '--chat-template', [CompletionResultType]::ParameterName, 'A Jinja chat template instead of the model''s own, or @FILE')
            [CompletionResult]::new('--chat-template-file', '--chat-template-file', [CompletionResultType]::ParameterName, 'Read the chat template from a file')
            [CompletionResult]::new('--candidates', '--candidates', [CompletionResultType]::ParameterName, 'Alternatives collected for each token; 0 collects none, and neither rank nor entropy [default: 40]')
            [CompletionResult]::new('--reasoning', '--reasoning', [CompletionResultType]::ParameterName, 'What is shown of the reasoning of a model [default: auto]')
            [CompletionResult]::new('--thinking', '--thinking', [CompletionResultType]::ParameterName, 'Whether a model that can think before it answers is asked to [default: auto]')
            [CompletionResult]::new('--context-full', '--context-full', [CompletionResultType]::ParameterName, 'When the context is full: stop and say so, drop the oldest turns (the system message stays), or have the model summarise them and send that instead [default: stop]')
            [CompletionResult]::new('--kv-cache-mb', '--kv-cache-mb', [CompletionResultType]::ParameterName, 'Megabytes on disk for the KV cache of conversations, so that opening a long one again takes no computing; those not used for longest leave [default: 1024]')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'A theme from `limpid themes list`, or the path of a theme file [default: ansi]')
            [CompletionResult]::new('--color-by', '--color-by', [CompletionResultType]::ParameterName, 'Colour the tokens of answers by their probability, entropy, rank or surprise [default: off]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--fit', '--fit', [CompletionResultType]::ParameterName, 'Choose KV cache types, GPU layers and context so that they fit into memory')
            [CompletionResult]::new('--no-speculate', '--no-speculate', [CompletionResultType]::ParameterName, 'Compute one token after the other')
            [CompletionResult]::new('--incognito', '--incognito', [CompletionResultType]::ParameterName, 'Write nothing to disk')
            [CompletionResult]::new('--linear', '--linear', [CompletionResultType]::ParameterName, 'Chat in lines that are only ever added, with words for marks: for screen readers')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;models' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The models of the catalogue and those found on this machine')
            [CompletionResult]::new('pull', 'pull', [CompletionResultType]::ParameterValue, 'Fetch a model of the catalogue; an interrupted one is resumed')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'What a model file says about itself')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Compare files with the catalogue''s checksums')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take a GGUF file into limpid''s own folder')
            [CompletionResult]::new('quantize', 'quantize', [CompletionResultType]::ParameterValue, 'Write a model in another format, such as Q8_0 or Q4_K_M')
            [CompletionResult]::new('rm', 'rm', [CompletionResultType]::ParameterValue, 'Delete models that limpid keeps')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'limpid;models;list' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the list')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;models;pull' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;models;show' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print it')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;models;verify' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;models;import' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The name it gets; without it, the file''s own')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;models;quantize' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'In what to store its matrices')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Where to; without it, limpid''s own folder, under the model''s name with the new format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Where to; without it, limpid''s own folder, under the model''s name with the new format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;models;rm' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;models;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The models of the catalogue and those found on this machine')
            [CompletionResult]::new('pull', 'pull', [CompletionResultType]::ParameterValue, 'Fetch a model of the catalogue; an interrupted one is resumed')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'What a model file says about itself')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Compare files with the catalogue''s checksums')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take a GGUF file into limpid''s own folder')
            [CompletionResult]::new('quantize', 'quantize', [CompletionResultType]::ParameterValue, 'Write a model in another format, such as Q8_0 or Q4_K_M')
            [CompletionResult]::new('rm', 'rm', [CompletionResultType]::ParameterValue, 'Delete models that limpid keeps')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'limpid;models;help;list' {
            break
        }
        'limpid;models;help;pull' {
            break
        }
        'limpid;models;help;show' {
            break
        }
        'limpid;models;help;verify' {
            break
        }
        'limpid;models;help;import' {
            break
        }
        'limpid;models;help;quantize' {
            break
        }
        'limpid;models;help;rm' {
            break
        }
        'limpid;models;help;help' {
            break
        }
        'limpid;tokens' {
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Compare with the original tokenizer, over the text or a built-in multilingual one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the tokens')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The model: a name from `limpid models list`, or a path')
            [CompletionResult]::new('--model', '--model', [CompletionResultType]::ParameterName, 'The model: a name from `limpid models list`, or a path')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('--ctx-size', '--ctx-size', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--batch-size', '--batch-size', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--ubatch-size', '--ubatch-size', [CompletionResultType]::ParameterName, 'Prompt tokens computed at once [default: 512]')
            [CompletionResult]::new('--gpu-layers', '--gpu-layers', [CompletionResultType]::ParameterName, 'Layers that go to the GPU [default: auto]')
            [CompletionResult]::new('--device', '--device', [CompletionResultType]::ParameterName, 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev')
            [CompletionResult]::new('--flash-attn', '--flash-attn', [CompletionResultType]::ParameterName, 'Flash attention: less memory, and faster where the device has it [default: auto]')
            [CompletionResult]::new('--cache-type-k', '--cache-type-k', [CompletionResultType]::ParameterName, 'The type of the keys in the KV cache; smaller ones save memory [default: f16]')
            [CompletionResult]::new('--cache-type-v', '--cache-type-v', [CompletionResultType]::ParameterName, 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]')
            [CompletionResult]::new('--draft', '--draft', [CompletionResultType]::ParameterName, 'A smaller model with the same vocabulary that guesses what comes next')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--special', '--special', [CompletionResultType]::ParameterName, 'Take special tokens in the text for what they are, as a template''s text is taken')
            [CompletionResult]::new('--bos', '--bos', [CompletionResultType]::ParameterName, 'Begin with the token that the model expects at the beginning')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Print the number of tokens alone')
            [CompletionResult]::new('--fit', '--fit', [CompletionResultType]::ParameterName, 'Choose KV cache types, GPU layers and context so that they fit into memory')
            [CompletionResult]::new('--no-speculate', '--no-speculate', [CompletionResultType]::ParameterName, 'Compute one token after the other')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;score' {
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'In which windows to read; their size is --ctx-size, by default 2048 tokens sliding and 512 in halves')
            [CompletionResult]::new('--stride', '--stride', [CompletionResultType]::ParameterName, 'Tokens from one sliding window to the next [default: half a window]')
            [CompletionResult]::new('--chunks', '--chunks', [CompletionResultType]::ParameterName, 'Windows to read at most')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Tell tokens, words or sentences, or only what is least certain')
            [CompletionResult]::new('--top-logprobs', '--top-logprobs', [CompletionResultType]::ParameterName, 'Alternatives to show of each token')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the odds')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The model: a name from `limpid models list`, or a path')
            [CompletionResult]::new('--model', '--model', [CompletionResultType]::ParameterName, 'The model: a name from `limpid models list`, or a path')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('--ctx-size', '--ctx-size', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--batch-size', '--batch-size', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--ubatch-size', '--ubatch-size', [CompletionResultType]::ParameterName, 'Prompt tokens computed at once [default: 512]')
            [CompletionResult]::new('--gpu-layers', '--gpu-layers', [CompletionResultType]::ParameterName, 'Layers that go to the GPU [default: auto]')
            [CompletionResult]::new('--device', '--device', [CompletionResultType]::ParameterName, 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev')
            [CompletionResult]::new('--flash-attn', '--flash-attn', [CompletionResultType]::ParameterName, 'Flash attention: less memory, and faster where the device has it [default: auto]')
            [CompletionResult]::new('--cache-type-k', '--cache-type-k', [CompletionResultType]::ParameterName, 'The type of the keys in the KV cache; smaller ones save memory [default: f16]')
            [CompletionResult]::new('--cache-type-v', '--cache-type-v', [CompletionResultType]::ParameterName, 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]')
            [CompletionResult]::new('--draft', '--draft', [CompletionResultType]::ParameterName, 'A smaller model with the same vocabulary that guesses what comes next')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--fit', '--fit', [CompletionResultType]::ParameterName, 'Choose KV cache types, GPU layers and context so that they fit into memory')
            [CompletionResult]::new('--no-speculate', '--no-speculate', [CompletionResultType]::ParameterName, 'Compute one token after the other')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;compare' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print it; without it, a terminal shows two heat maps to walk in, and a pipe gets the table')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('--ctx-size', '--ctx-size', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--batch-size', '--batch-size', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--ubatch-size', '--ubatch-size', [CompletionResultType]::ParameterName, 'Prompt tokens computed at once [default: 512]')
            [CompletionResult]::new('--gpu-layers', '--gpu-layers', [CompletionResultType]::ParameterName, 'Layers that go to the GPU [default: auto]')
            [CompletionResult]::new('--device', '--device', [CompletionResultType]::ParameterName, 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev')
            [CompletionResult]::new('--flash-attn', '--flash-attn', [CompletionResultType]::ParameterName, 'Flash attention: less memory, and faster where the device has it [default: auto]')
            [CompletionResult]::new('--cache-type-k', '--cache-type-k', [CompletionResultType]::ParameterName, 'The type of the keys in the KV cache; smaller ones save memory [default: f16]')
            [CompletionResult]::new('--cache-type-v', '--cache-type-v', [CompletionResultType]::ParameterName, 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]')
            [CompletionResult]::new('--draft', '--draft', [CompletionResultType]::ParameterName, 'A smaller model with the same vocabulary that guesses what comes next')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'A theme from `limpid themes list`, or the path of a theme file [default: ansi]')
            [CompletionResult]::new('--color-by', '--color-by', [CompletionResultType]::ParameterName, 'Colour the tokens of answers by their probability, entropy, rank or surprise [default: off]')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The two models: -m A -m B; names from `limpid models list`, or paths')
            [CompletionResult]::new('--model', '--model', [CompletionResultType]::ParameterName, 'The two models: -m A -m B; names from `limpid models list`, or paths')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--fit', '--fit', [CompletionResultType]::ParameterName, 'Choose KV cache types, GPU layers and context so that they fit into memory')
            [CompletionResult]::new('--no-speculate', '--no-speculate', [CompletionResultType]::ParameterName, 'Compute one token after the other')
            [CompletionResult]::new('--linear', '--linear', [CompletionResultType]::ParameterName, 'Chat in lines that are only ever added, with words for marks: for screen readers')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;attention' {
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'The token that looks, counted from 1; without it, the last')
            [CompletionResult]::new('--layer', '--layer', [CompletionResultType]::ParameterName, 'One layer, counted from 0; without it, the mean over all')
            [CompletionResult]::new('--head', '--head', [CompletionResultType]::ParameterName, 'One head of the layer, counted from 0; without it, the mean over the layer''s')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the weights')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The model: a name from `limpid models list`, or a path')
            [CompletionResult]::new('--model', '--model', [CompletionResultType]::ParameterName, 'The model: a name from `limpid models list`, or a path')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('--ctx-size', '--ctx-size', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--batch-size', '--batch-size', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--ubatch-size', '--ubatch-size', [CompletionResultType]::ParameterName, 'Prompt tokens computed at once [default: 512]')
            [CompletionResult]::new('--gpu-layers', '--gpu-layers', [CompletionResultType]::ParameterName, 'Layers that go to the GPU [default: auto]')
            [CompletionResult]::new('--device', '--device', [CompletionResultType]::ParameterName, 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev')
            [CompletionResult]::new('--flash-attn', '--flash-attn', [CompletionResultType]::ParameterName, 'Flash attention: less memory, and faster where the device has it [default: auto]')
            [CompletionResult]::new('--cache-type-k', '--cache-type-k', [CompletionResultType]::ParameterName, 'The type of the keys in the KV cache; smaller ones save memory [default: f16]')
            [CompletionResult]::new('--cache-type-v', '--cache-type-v', [CompletionResultType]::ParameterName, 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]')
            [CompletionResult]::new('--draft', '--draft', [CompletionResultType]::ParameterName, 'A smaller model with the same vocabulary that guesses what comes next')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--fit', '--fit', [CompletionResultType]::ParameterName, 'Choose KV cache types, GPU layers and context so that they fit into memory')
            [CompletionResult]::new('--no-speculate', '--no-speculate', [CompletionResultType]::ParameterName, 'Compute one token after the other')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;bench' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Tokens of the prefill test; 0 leaves it out')
            [CompletionResult]::new('--n-prompt', '--n-prompt', [CompletionResultType]::ParameterName, 'Tokens of the prefill test; 0 leaves it out')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Tokens of the decode test; 0 leaves it out')
            [CompletionResult]::new('--n-gen', '--n-gen', [CompletionResultType]::ParameterName, 'Tokens of the decode test; 0 leaves it out')
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'Tokens that are in the context before each test')
            [CompletionResult]::new('--n-depth', '--n-depth', [CompletionResultType]::ParameterName, 'Tokens that are in the context before each test')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'How often each test is repeated')
            [CompletionResult]::new('--repetitions', '--repetitions', [CompletionResultType]::ParameterName, 'How often each test is repeated')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print the results')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the results')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The model: a name from `limpid models list`, or a path')
            [CompletionResult]::new('--model', '--model', [CompletionResultType]::ParameterName, 'The model: a name from `limpid models list`, or a path')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('--ctx-size', '--ctx-size', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--batch-size', '--batch-size', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--ubatch-size', '--ubatch-size', [CompletionResultType]::ParameterName, 'Prompt tokens computed at once [default: 512]')
            [CompletionResult]::new('--gpu-layers', '--gpu-layers', [CompletionResultType]::ParameterName, 'Layers that go to the GPU [default: auto]')
            [CompletionResult]::new('--device', '--device', [CompletionResultType]::ParameterName, 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev')
            [CompletionResult]::new('--flash-attn', '--flash-attn', [CompletionResultType]::ParameterName, 'Flash attention: less memory, and faster where the device has it [default: auto]')
            [CompletionResult]::new('--cache-type-k', '--cache-type-k', [CompletionResultType]::ParameterName, 'The type of the keys in the KV cache; smaller ones save memory [default: f16]')
            [CompletionResult]::new('--cache-type-v', '--cache-type-v', [CompletionResultType]::ParameterName, 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]')
            [CompletionResult]::new('--draft', '--draft', [CompletionResultType]::ParameterName, 'A smaller model with the same vocabulary that guesses what comes next')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--fit', '--fit', [CompletionResultType]::ParameterName, 'Choose KV cache types, GPU layers and context so that they fit into memory')
            [CompletionResult]::new('--no-speculate', '--no-speculate', [CompletionResultType]::ParameterName, 'Compute one token after the other')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;tune' {
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'About how long it may take, converting and loading included')
            [CompletionResult]::new('--text', '--text', [CompletionResultType]::ParameterName, 'What to measure perplexity on, instead of a text of its own')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print what was found')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The model: a name from `limpid models list`, or a path')
            [CompletionResult]::new('--model', '--model', [CompletionResultType]::ParameterName, 'The model: a name from `limpid models list`, or a path')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('--ctx-size', '--ctx-size', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--batch-size', '--batch-size', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--ubatch-size', '--ubatch-size', [CompletionResultType]::ParameterName, 'Prompt tokens computed at once [default: 512]')
            [CompletionResult]::new('--gpu-layers', '--gpu-layers', [CompletionResultType]::ParameterName, 'Layers that go to the GPU [default: auto]')
            [CompletionResult]::new('--device', '--device', [CompletionResultType]::ParameterName, 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev')
            [CompletionResult]::new('--flash-attn', '--flash-attn', [CompletionResultType]::ParameterName, 'Flash attention: less memory, and faster where the device has it [default: auto]')
            [CompletionResult]::new('--cache-type-k', '--cache-type-k', [CompletionResultType]::ParameterName, 'The type of the keys in the KV cache; smaller ones save memory [default: f16]')
            [CompletionResult]::new('--cache-type-v', '--cache-type-v', [CompletionResultType]::ParameterName, 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]')
            [CompletionResult]::new('--draft', '--draft', [CompletionResultType]::ParameterName, 'A smaller model with the same vocabulary that guesses what comes next')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--formats', '--formats', [CompletionResultType]::ParameterName, 'Also try copies in other formats, which are removed afterwards')
            [CompletionResult]::new('--forget', '--forget', [CompletionResultType]::ParameterName, 'Forget what was kept for this model on this machine')
            [CompletionResult]::new('--fit', '--fit', [CompletionResultType]::ParameterName, 'Choose KV cache types, GPU layers and context so that they fit into memory')
            [CompletionResult]::new('--no-speculate', '--no-speculate', [CompletionResultType]::ParameterName, 'Compute one token after the other')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;serve' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the status')
            [CompletionResult]::new('--max-clients', '--max-clients', [CompletionResultType]::ParameterName, 'Programs that may use it at a time')
            [CompletionResult]::new('--max-requests', '--max-requests', [CompletionResultType]::ParameterName, 'Requests that may be open at a time; a quarter of them for each program')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The model: a name from `limpid models list`, or a path')
            [CompletionResult]::new('--model', '--model', [CompletionResultType]::ParameterName, 'The model: a name from `limpid models list`, or a path')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('--ctx-size', '--ctx-size', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--batch-size', '--batch-size', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--ubatch-size', '--ubatch-size', [CompletionResultType]::ParameterName, 'Prompt tokens computed at once [default: 512]')
            [CompletionResult]::new('--gpu-layers', '--gpu-layers', [CompletionResultType]::ParameterName, 'Layers that go to the GPU [default: auto]')
            [CompletionResult]::new('--device', '--device', [CompletionResultType]::ParameterName, 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev')
            [CompletionResult]::new('--flash-attn', '--flash-attn', [CompletionResultType]::ParameterName, 'Flash attention: less memory, and faster where the device has it [default: auto]')
            [CompletionResult]::new('--cache-type-k', '--cache-type-k', [CompletionResultType]::ParameterName, 'The type of the keys in the KV cache; smaller ones save memory [default: f16]')
            [CompletionResult]::new('--cache-type-v', '--cache-type-v', [CompletionResultType]::ParameterName, 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]')
            [CompletionResult]::new('--draft', '--draft', [CompletionResultType]::ParameterName, 'A smaller model with the same vocabulary that guesses what comes next')
            [CompletionResult]::new('--keep-alive', '--keep-alive', [CompletionResultType]::ParameterName, 'How long the model stays loaded after the last request, for the next limpid to start with: 90s, 30m, 2h, forever, or off [default: off]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Say what runs: its model, clients and memory, and when it ends')
            [CompletionResult]::new('--stop', '--stop', [CompletionResultType]::ParameterName, 'End the one that runs')
            [CompletionResult]::new('--detached', '--detached', [CompletionResultType]::ParameterName, 'Leave the terminal; limpid''s own, for keep_alive')
            [CompletionResult]::new('--fit', '--fit', [CompletionResultType]::ParameterName, 'Choose KV cache types, GPU layers and context so that they fit into memory')
            [CompletionResult]::new('--no-speculate', '--no-speculate', [CompletionResultType]::ParameterName, 'Compute one token after the other')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;history' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Stored conversations: the pinned ones, then the others, the latest first')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Find words in what was said, the latest conversation first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print a conversation')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write a conversation in another form, or rated answers to train on')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Keep conversations from limpid''s jsonl, ChatGPT, aichat, llm, or a list of messages')
            [CompletionResult]::new('pin', 'pin', [CompletionResultType]::ParameterValue, 'Keep conversations on top of the list')
            [CompletionResult]::new('unpin', 'unpin', [CompletionResultType]::ParameterValue, 'Pin them no more')
            [CompletionResult]::new('tag', 'tag', [CompletionResultType]::ParameterValue, 'Give a conversation tags')
            [CompletionResult]::new('untag', 'untag', [CompletionResultType]::ParameterValue, 'Take tags off a conversation')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Name a conversation')
            [CompletionResult]::new('archive', 'archive', [CompletionResultType]::ParameterValue, 'Leave conversations out of the list, unless it is asked for them')
            [CompletionResult]::new('unarchive', 'unarchive', [CompletionResultType]::ParameterValue, 'Take them back into the list')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Bring back what was deleted in the list of conversations; without an ID, say what is there')
            [CompletionResult]::new('rm', 'rm', [CompletionResultType]::ParameterValue, 'Delete conversations for good')
            [CompletionResult]::new('purge', 'purge', [CompletionResultType]::ParameterValue, 'Delete every conversation for good')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'limpid;history;list' {
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Only those with this tag; given several times, with all of them')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the list')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most this many')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--archived', '--archived', [CompletionResultType]::ParameterName, 'The archived ones, which are left out otherwise')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;history;search' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print what was found')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most this many conversations')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;history;show' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;history;export' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The form; without it as the file''s ending says, else md, or sft with --rated')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Where to; without it, standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Where to; without it, standard output')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--rated', '--rated', [CompletionResultType]::ParameterName, 'The answers that were rated or corrected, as JSON Lines')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'With --rated: of all conversations')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;history;import' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;history;pin' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;history;unpin' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;history;tag' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;history;untag' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;history;rename' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;history;archive' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;history;unarchive' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;history;restore' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;history;rm' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;history;purge' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;history;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Stored conversations: the pinned ones, then the others, the latest first')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Find words in what was said, the latest conversation first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print a conversation')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write a conversation in another form, or rated answers to train on')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Keep conversations from limpid''s jsonl, ChatGPT, aichat, llm, or a list of messages')
            [CompletionResult]::new('pin', 'pin', [CompletionResultType]::ParameterValue, 'Keep conversations on top of the list')
            [CompletionResult]::new('unpin', 'unpin', [CompletionResultType]::ParameterValue, 'Pin them no more')
            [CompletionResult]::new('tag', 'tag', [CompletionResultType]::ParameterValue, 'Give a conversation tags')
            [CompletionResult]::new('untag', 'untag', [CompletionResultType]::ParameterValue, 'Take tags off a conversation')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Name a conversation')
            [CompletionResult]::new('archive', 'archive', [CompletionResultType]::ParameterValue, 'Leave conversations out of the list, unless it is asked for them')
            [CompletionResult]::new('unarchive', 'unarchive', [CompletionResultType]::ParameterValue, 'Take them back into the list')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Bring back what was deleted in the list of conversations; without an ID, say what is there')
            [CompletionResult]::new('rm', 'rm', [CompletionResultType]::ParameterValue, 'Delete conversations for good')
            [CompletionResult]::new('purge', 'purge', [CompletionResultType]::ParameterValue, 'Delete every conversation for good')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'limpid;history;help;list' {
            break
        }
        'limpid;history;help;search' {
            break
        }
        'limpid;history;help;show' {
            break
        }
        'limpid;history;help;export' {
            break
        }
        'limpid;history;help;import' {
            break
        }
        'limpid;history;help;pin' {
            break
        }
        'limpid;history;help;unpin' {
            break
        }
        'limpid;history;help;tag' {
            break
        }
        'limpid;history;help;untag' {
            break
        }
        'limpid;history;help;rename' {
            break
        }
        'limpid;history;help;archive' {
            break
        }
        'limpid;history;help;unarchive' {
            break
        }
        'limpid;history;help;restore' {
            break
        }
        'limpid;history;help;rm' {
            break
        }
        'limpid;history;help;purge' {
            break
        }
        'limpid;history;help;help' {
            break
        }
        'limpid;doctor' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print what was found')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The model: a name from `limpid models list`, or a path')
            [CompletionResult]::new('--model', '--model', [CompletionResultType]::ParameterName, 'The model: a name from `limpid models list`, or a path')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('--ctx-size', '--ctx-size', [CompletionResultType]::ParameterName, 'Tokens in the context [default: auto]')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'Threads that compute [default: auto]')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--batch-size', '--batch-size', [CompletionResultType]::ParameterName, 'Prompt tokens handed over at once [default: 2048]')
            [CompletionResult]::new('--ubatch-size', '--ubatch-size', [CompletionResultType]::ParameterName, 'Prompt tokens computed at once [default: 512]')
            [CompletionResult]::new('--gpu-layers', '--gpu-layers', [CompletionResultType]::ParameterName, 'Layers that go to the GPU [default: auto]')
            [CompletionResult]::new('--device', '--device', [CompletionResultType]::ParameterName, 'Devices to compute on, as --list-devices names them, with commas between. Short: -dev')
            [CompletionResult]::new('--flash-attn', '--flash-attn', [CompletionResultType]::ParameterName, 'Flash attention: less memory, and faster where the device has it [default: auto]')
            [CompletionResult]::new('--cache-type-k', '--cache-type-k', [CompletionResultType]::ParameterName, 'The type of the keys in the KV cache; smaller ones save memory [default: f16]')
            [CompletionResult]::new('--cache-type-v', '--cache-type-v', [CompletionResultType]::ParameterName, 'The type of the values in the KV cache; quantised ones need flash attention [default: f16]')
            [CompletionResult]::new('--draft', '--draft', [CompletionResultType]::ParameterName, 'A smaller model with the same vocabulary that guesses what comes next')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--fit', '--fit', [CompletionResultType]::ParameterName, 'Choose KV cache types, GPU layers and context so that they fit into memory')
            [CompletionResult]::new('--no-speculate', '--no-speculate', [CompletionResultType]::ParameterName, 'Compute one token after the other')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;config' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write a settings file with every option explained')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Every value, and where it came from')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Where limpid keeps its files')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Look for mistakes in the settings file, and for keys that do less than they seem to')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'Every key in force, what it does, and where that was said')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print one value')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Write one value to the settings file, and leave the rest of it as it is')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'limpid;config;init' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace the one that is there')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;config;show' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;config;path' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;config;check' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;config;keys' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;config;get' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;config;set' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;config;help' {
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write a settings file with every option explained')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Every value, and where it came from')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Where limpid keeps its files')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Look for mistakes in the settings file, and for keys that do less than they seem to')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'Every key in force, what it does, and where that was said')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print one value')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Write one value to the settings file, and leave the rest of it as it is')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'limpid;config;help;init' {
            break
        }
        'limpid;config;help;show' {
            break
        }
        'limpid;config;help;path' {
            break
        }
        'limpid;config;help;check' {
            break
        }
        'limpid;config;help;keys' {
            break
        }
        'limpid;config;help;get' {
            break
        }
        'limpid;config;help;set' {
            break
        }
        'limpid;config;help;help' {
            break
        }
        'limpid;themes' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The themes that can be chosen')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Every style of a theme, drawn in itself')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Look for mistakes in a theme file')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'limpid;themes;list' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;themes;show' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;themes;check' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;themes;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The themes that can be chosen')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Every style of a theme, drawn in itself')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Look for mistakes in a theme file')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'limpid;themes;help;list' {
            break
        }
        'limpid;themes;help;show' {
            break
        }
        'limpid;themes;help;check' {
            break
        }
        'limpid;themes;help;help' {
            break
        }
        'limpid;tasks' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The tasks that --task and /task know')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'The file of a task, as it is written')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Copy a built-in task to your own, to be changed there')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'limpid;tasks;list' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;tasks;show' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;tasks;init' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;tasks;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The tasks that --task and /task know')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'The file of a task, as it is written')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Copy a built-in task to your own, to be changed there')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'limpid;tasks;help;list' {
            break
        }
        'limpid;tasks;help;show' {
            break
        }
        'limpid;tasks;help;init' {
            break
        }
        'limpid;tasks;help;help' {
            break
        }
        'limpid;completions' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;man' {
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write every page, and the completions, to this folder')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to use colour [default: auto]')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of the interface: English or Simplified Chinese [default: auto]')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never open a connection to the network')
            [CompletionResult]::new('--no-sandbox', '--no-sandbox', [CompletionResultType]::ParameterName, 'Do not confine the engine process')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the engine''s log too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'limpid;help' {
            [CompletionResult]::new('repl', 'repl', [CompletionResultType]::ParameterValue, 'Chat in lines, for poor links, screen readers and dumb terminals')
            [CompletionResult]::new('models', 'models', [CompletionResultType]::ParameterValue, 'List, fetch, check and describe models')
            [CompletionResult]::new('tokens', 'tokens', [CompletionResultType]::ParameterValue, 'Show how a text is cut into tokens')
            [CompletionResult]::new('score', 'score', [CompletionResultType]::ParameterValue, 'Show what a model makes of each token of a text, and the text''s perplexity')
            [CompletionResult]::new('compare', 'compare', [CompletionResultType]::ParameterValue, 'Show what two models, or two quantisations of one, hold of the same text')
            [CompletionResult]::new('attention', 'attention', [CompletionResultType]::ParameterValue, 'Show where a model looks at a token of a text')
            [CompletionResult]::new('bench', 'bench', [CompletionResultType]::ParameterValue, 'Measure prefill and decode speed')
            [CompletionResult]::new('tune', 'tune', [CompletionResultType]::ParameterValue, 'Try how a model is loaded best on this machine, and keep that')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Keep a model loaded, for every limpid on this machine to share')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'List, show, export, import and delete stored conversations')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Look at the terminal, the machine and the model, and say what to do')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show and change settings')
            [CompletionResult]::new('themes', 'themes', [CompletionResultType]::ParameterValue, 'List, show and check themes')
            [CompletionResult]::new('tasks', 'tasks', [CompletionResultType]::ParameterValue, 'List, show and copy ready-made tasks')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a shell''s completion script')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print a manual page, or write them all')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'limpid;help;repl' {
            break
        }
        'limpid;help;models' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The models of the catalogue and those found on this machine')
            [CompletionResult]::new('pull', 'pull', [CompletionResultType]::ParameterValue, 'Fetch a model of the catalogue; an interrupted one is resumed')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'What a model file says about itself')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Compare files with the catalogue''s checksums')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take a GGUF file into limpid''s own folder')
            [CompletionResult]::new('quantize', 'quantize', [CompletionResultType]::ParameterValue, 'Write a model in another format, such as Q8_0 or Q4_K_M')
            [CompletionResult]::new('rm', 'rm', [CompletionResultType]::ParameterValue, 'Delete models that limpid keeps')
            break
        }
        'limpid;help;models;list' {
            break
        }
        'limpid;help;models;pull' {
            break
        }
        'limpid;help;models;show' {
            break
        }
        'limpid;help;models;verify' {
            break
        }
        'limpid;help;models;import' {
            break
        }
        'limpid;help;models;quantize' {
            break
        }
        'limpid;help;models;rm' {
            break
        }
        'limpid;help;tokens' {
            break
        }
        'limpid;help;score' {
            break
        }
        'limpid;help;compare' {
            break
        }
        'limpid;help;attention' {
            break
        }
        'limpid;help;bench' {
            break
        }
        'limpid;help;tune' {
            break
        }
        'limpid;help;serve' {
            break
        }
        'limpid;help;history' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Stored conversations: the pinned ones, then the others, the latest first')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Find words in what was said, the latest conversation first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print a conversation')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write a conversation in another form, or rated answers to train on')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Keep conversations from limpid''s jsonl, ChatGPT, aichat, llm, or a list of messages')
            [CompletionResult]::new('pin', 'pin', [CompletionResultType]::ParameterValue, 'Keep conversations on top of the list')
            [CompletionResult]::new('unpin', 'unpin', [CompletionResultType]::ParameterValue, 'Pin them no more')
            [CompletionResult]::new('tag', 'tag', [CompletionResultType]::ParameterValue, 'Give a conversation tags')
            [CompletionResult]::new('untag', 'untag', [CompletionResultType]::ParameterValue, 'Take tags off a conversation')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Name a conversation')
            [CompletionResult]::new('archive', 'archive', [CompletionResultType]::ParameterValue, 'Leave conversations out of the list, unless it is asked for them')
            [CompletionResult]::new('unarchive', 'unarchive', [CompletionResultType]::ParameterValue, 'Take them back into the list')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Bring back what was deleted in the list of conversations; without an ID, say what is there')
            [CompletionResult]::new('rm', 'rm', [CompletionResultType]::ParameterValue, 'Delete conversations for good')
            [CompletionResult]::new('purge', 'purge', [CompletionResultType]::ParameterValue, 'Delete every conversation for good')
            break
        }
        'limpid;help;history;list' {
            break
        }
        'limpid;help;history;search' {
            break
        }
        'limpid;help;history;show' {
            break
        }
        'limpid;help;history;export' {
            break
        }
        'limpid;help;history;import' {
            break
        }
        'limpid;help;history;pin' {
            break
        }
        'limpid;help;history;unpin' {
            break
        }
        'limpid;help;history;tag' {
            break
        }
        'limpid;help;history;untag' {
            break
        }
        'limpid;help;history;rename' {
            break
        }
        'limpid;help;history;archive' {
            break
        }
        'limpid;help;history;unarchive' {
            break
        }
        'limpid;help;history;restore' {
            break
        }
        'limpid;help;history;rm' {
            break
        }
        'limpid;help;history;purge' {
            break
        }
        'limpid;help;doctor' {
            break
        }
        'limpid;help;config' {
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write a settings file with every option explained')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Every value, and where it came from')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Where limpid keeps its files')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Look for mistakes in the settings file, and for keys that do less than they seem to')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'Every key in force, what it does, and where that was said')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print one value')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Write one value to the settings file, and leave the rest of it as it is')
            break
        }
        'limpid;help;config;init' {
            break
        }
        'limpid;help;config;show' {
            break
        }
        'limpid;help;config;path' {
            break
        }
        'limpid;help;config;check' {
            break
        }
        'limpid;help;config;keys' {
            break
        }
        'limpid;help;config;get' {
            break
        }
        'limpid;help;config;set' {
            break
        }
        'limpid;help;themes' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The themes that can be chosen')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Every style of a theme, drawn in itself')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Look for mistakes in a theme file')
            break
        }
        'limpid;help;themes;list' {
            break
        }
        'limpid;help;themes;show' {
            break
        }
        'limpid;help;themes;check' {
            break
        }
        'limpid;help;tasks' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The tasks that --task and /task know')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'The file of a task, as it is written')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Copy a built-in task to your own, to be changed there')
            break
        }
        'limpid;help;tasks;list' {
            break
        }
        'limpid;help;tasks;show' {
            break
        }
        'limpid;help;tasks;init' {
            break
        }
        'limpid;help;completions' {
            break
        }
        'limpid;help;man' {
            break
        }
        'limpid;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
