//! Of what holds decoding back.

use super::{phrases, sentences};

phrases! {
    /// What limits, in a word or two.
    TOO_MANY_THREADS = "too many threads", "线程过多";
    CACHE = "the cache", "缓存";
    MEMORY = "memory", "内存";
    FEW_THREADS = "few threads", "线程偏少";
    ARITHMETIC = "arithmetic", "算力";

    MORE_THAN_MEMORY_GIVES =
        "Decoding reads more than memory was measured to give: the weights fit a cache of \
         the processor, or the measurement was disturbed.",
        "解码读取的数据量超过实测的内存带宽：权重能放进处理器缓存，或测量受到了干扰。";
    MEMORY_LIMITS =
        "Memory is what limits decoding: only fewer bytes a token, a smaller model or a \
         smaller format, make it faster.",
        "解码受限于内存：只有减少每个词元读取的字节数，即换用更小的模型或更小的格式，才能加快。";
    ARITHMETIC_LIMITS =
        "Arithmetic limits decoding, or what else runs here, not memory: a format that \
         this processor computes faster may help (`limpid tune --formats` tells), a \
         smaller one as such does not.",
        "解码受限于算力或本机上的其他程序，而非内存：换用此处理器算得更快的格式可能有帮助\
         （`limpid tune --formats` 可以测出），单纯更小的格式则没有。";
}

sentences! {
    threads_wait(threads, cores) =
        "{threads} threads on {cores} hardware threads wait for each other: try -t {cores}.",
        "{threads} 个线程在 {cores} 个硬件线程上互相等待：请试试 -t {cores}。";
    threads_limit(threads, cores) =
        "Arithmetic limits decoding, or what else runs here, not memory; {threads} of \
         {cores} hardware threads compute: `limpid tune` tells whether more help.",
        "解码受限于算力或本机上的其他程序，而非内存；{cores} 个硬件线程中有 {threads} 个在计算：\
         `limpid tune` 可以测出增加线程是否有用。";
    layers_off_gpu(on_gpu, all) =
        "{on_gpu} of {all} layers are on the GPU, whose memory has no room for the others, and the \
         processor computes those: a smaller format (`limpid models quantize`), --cache-type-k q8_0 \
         --cache-type-v q8_0, or --fit with a small -c lets more on.",
        "{all} 层中有 {on_gpu} 层在 GPU 上，其余因显存不足由处理器计算：换用更小的格式\
         （`limpid models quantize`）、--cache-type-k q8_0 --cache-type-v q8_0，或 --fit 加较小的 -c，\
         可以放上更多层。";
    layers_off_gpu_with_small_cache(on_gpu, all) =
        "{on_gpu} of {all} layers are on the GPU, whose memory has no room for the others, and the \
         processor computes those: a smaller format (`limpid models quantize`), or --fit with a \
         small -c, lets more on.",
        "{all} 层中有 {on_gpu} 层在 GPU 上，其余因显存不足由处理器计算：换用更小的格式\
         （`limpid models quantize`），或 --fit 加较小的 -c，可以放上更多层。";
    no_room_for_cache(tokens, trained) =
        "Memory has room for a KV cache of {tokens} tokens, of {trained} that the model reads: \
         --cache-type-k q8_0 --cache-type-v q8_0 makes it nearly twice as many, and --fit chooses \
         what fits.",
        "内存只容得下 {tokens} 个词元的 KV 缓存，而模型可读 {trained} 个：\
         --cache-type-k q8_0 --cache-type-v q8_0 可容纳近两倍，--fit 会选择放得下的类型。";
    no_room_for_small_cache(tokens, trained) =
        "Memory has room for a KV cache of {tokens} tokens, of {trained} that the model reads: a \
         smaller model or format, or less beside it, leaves more.",
        "内存只容得下 {tokens} 个词元的 KV 缓存，而模型可读 {trained} 个：\
         换用更小的模型或格式，或少开其他程序，可以留出更多。";
    slow_format(others) =
        "On this machine this format reads prompts {others}: `limpid models quantize` writes another.",
        "在本机上，此格式读取提示的用时是{others}：可用 `limpid models quantize` 转换。";
    slower_than(format, times) = "{times:.1} times slower than {format}", " {format} 的 {times:.1} 倍";
    slower_than_at_a_cost(format, times, percent) =
        "{times:.1} times slower than {format} (perplexity {percent:+.1} %)",
        " {format} 的 {times:.1} 倍（困惑度 {percent:+.1} %）";
    ceiling(megabytes, gigabytes, tokens, percent) =
        "A token reads {megabytes:.1} MB of weights; memory gives {gigabytes:.1} GB/s, so {tokens:.0} tokens/s are the \
         ceiling, and decoding reaches {percent:.0} % of it.",
        "每个词元读取 {megabytes:.1} MB 权重，内存带宽为 {gigabytes:.1} GB/s，因此上限是 {tokens:.0} 词元/秒，\
         解码达到其 {percent:.0} %。";
}
