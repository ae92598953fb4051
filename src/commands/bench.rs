//! `limpid bench`: prefill and decode speed as `llama-bench` defines them.
//!
//! `pp512` reads 512 tokens from an empty cache, `tg128` writes 128 tokens one by one; each
//! is repeated, and the mean and the sample standard deviation of tokens per second are
//! shown. The decode test runs twice, without candidates and with them, and the repetitions
//! of the two alternate, so that a machine that slows down slows both. On a processor the
//! table is followed by what holds decoding back, and by what would make it faster here.

use std::io::Write;

use serde::Serialize;

use super::ask::{ask, load};
use crate::driver::Bandwidth;
use crate::engine::Engine;
use crate::inference::{
    BenchRequest, BenchSample, BenchTest, EngineCommand, EngineError, EngineEvent, Formats,
    LoadRequest, ModelInfo, RequestId,
};
use crate::metrics::{Advice, Ceiling, Seen, hardware_threads};
use crate::text;
use crate::words::commands as words;

/// What to measure.
#[derive(Debug, Clone)]
pub struct BenchOptions {
    /// Tokens of the prefill test; 0 leaves it out.
    pub prompt_tokens: u32,
    /// Tokens of the decode tests; 0 leaves them out.
    pub decode_tokens: u32,
    /// Tokens that are in the context before each test.
    pub depth: u32,
    /// At least 1.
    pub repetitions: u32,
    /// Candidates collected in the second decode test; 0 leaves it out.
    pub candidates: u16,
    pub format: BenchFormat,
    /// Say on stderr what is being measured.
    pub progress: bool,
}

/// What is known of this machine, or can be found out.
#[derive(Debug)]
pub struct Known {
    pub memory: Bandwidth,
    /// How fast the model was in other formats.
    pub formats: Option<Formats>,
}

/// How the table is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BenchFormat {
    Markdown,
    Csv,
    Json,
}

/// A line of the table.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Row {
    model: String,
    size: u64,
    parameters: u64,
    backend: String,
    threads: u32,
    /// `pp512`, `tg128`.
    test: String,
    candidates: u16,
    samples_per_second: Vec<f64>,
    mean_per_second: f64,
    deviation_per_second: f64,
    /// Of decoding without candidates, on a processor.
    #[serde(skip_serializing_if = "Option::is_none")]
    ceiling: Option<Ceiling>,
}

/// Measures the model and writes the table to `out`.
///
/// # Errors
/// The model cannot be loaded, the engine died, or `out` cannot be written.
pub fn run(
    engine: &dyn Engine,
    model: LoadRequest,
    options: &BenchOptions,
    known: &Known,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let info = load(engine, model, |_| ())?;
    let mut tests = Vec::new();
    if options.prompt_tokens > 0 {
        tests.push((BenchTest::Prefill, 0));
    }
    if options.decode_tokens > 0 {
        tests.push((BenchTest::Decode, 0));
        if options.candidates > 0 {
            tests.push((BenchTest::Decode, options.candidates));
        }
    }
    let mut samples = vec![Vec::new(); tests.len()];
    let mut next_id = 1;
    for repetition in 0..options.repetitions {
        for (index, &(test, candidates)) in tests.iter().enumerate() {
            if options.progress {
                let name = test_name(test, options);
                let (number, all) = (repetition + 1, options.repetitions);
                let says = if candidates > 0 {
                    words::repetition_with_candidates(name, number, all)
                } else {
                    words::repetition(name, number, all)
                };
                eprintln!("{says}");
            }
            next_id += 1;
            let sample = measure(
                engine,
                RequestId(next_id),
                test,
                candidates,
                options,
                repetition == 0,
            )?;
            samples[index].push(f64::from(sample.tokens) * 1e9 / sample.nanoseconds.max(1) as f64);
        }
    }
    let mut rows: Vec<_> = tests
        .iter()
        .zip(samples)
        .map(|(&(test, candidates), samples)| row(&info, test, candidates, samples, options))
        .collect();
    let decode = tests
        .iter()
        .position(|&test| test == (BenchTest::Decode, 0));
    if let Some(row) = decode.and_then(|place| rows.get_mut(place)) {
        row.ceiling = ceiling(&known.memory, &info, options, row.mean_per_second);
    }
    write_table(&rows, options.format, out)?;
    if options.format == BenchFormat::Markdown {
        let ceiling = rows.iter().find_map(|row| row.ceiling);
        let advice = Advice::of(&Seen {
            model: &info,
            ceiling,
            formats: known.formats.as_ref(),
            context_used: options.depth + options.prompt_tokens.max(options.decode_tokens),
            was_full: false,
            cores: hardware_threads(),
        });
        let ceiling = ceiling.map(|it| it.to_string());
        let sentences: Vec<String> = ceiling
            .into_iter()
            .chain(advice.map(|it| it.to_string()))
            .collect();
        if !sentences.is_empty() {
            writeln!(out, "\n{}", sentences.join("\n"))?;
            out.flush()?;
        }
    }
    Ok(())
}

/// What the machine's memory allows; `None` on a GPU, whose memory is another, and where the
/// model's traffic is not known.
fn ceiling(
    memory: &Bandwidth,
    info: &ModelInfo,
    options: &BenchOptions,
    tokens_per_second: f64,
) -> Option<Ceiling> {
    if info.gpu_layers > 0 || info.weight_bytes_per_token == 0 {
        return None;
    }
    // Half of what is written lies in the cache on average.
    let cached = info.cell_bytes * u64::from(options.depth + options.decode_tokens / 2);
    // The engine computes nothing meanwhile.
    let bandwidth = memory.measured(info.threads)?;
    Ceiling::new(
        info.weight_bytes_per_token + cached,
        bandwidth,
        tokens_per_second,
    )
}

fn measure(
    engine: &dyn Engine,
    request: RequestId,
    test: BenchTest,
    candidates: u16,
    options: &BenchOptions,
    warm_up: bool,
) -> Result<BenchSample, EngineError> {
    let command = EngineCommand::Bench(Box::new(BenchRequest {
        request,
        prompt_tokens: if test == BenchTest::Prefill {
            options.prompt_tokens
        } else {
            0
        },
        decode_tokens: if test == BenchTest::Decode {
            options.decode_tokens
        } else {
            0
        },
        depth: options.depth,
        repetitions: 1,
        warm_up,
        candidates,
    }));
    let mut measured = None;
    ask(engine, request, command, |event| {
        if let EngineEvent::BenchSample(sample) = event {
            measured = Some(*sample);
        }
    })?;
    measured.ok_or_else(|| EngineError::Protocol {
        reason: words::BENCH_WITHOUT_SAMPLE.into(),
    })
}

fn test_name(test: BenchTest, options: &BenchOptions) -> String {
    let name = match test {
        BenchTest::Prefill => format!("pp{}", options.prompt_tokens),
        BenchTest::Decode => format!("tg{}", options.decode_tokens),
    };
    match options.depth {
        0 => name,
        // As llama-bench names it.
        depth => format!("{name} @ d{depth}"),
    }
}

fn row(
    info: &ModelInfo,
    test: BenchTest,
    candidates: u16,
    samples: Vec<f64>,
    options: &BenchOptions,
) -> Row {
    let (mean, deviation) = mean_and_deviation(&samples);
    let backend = match info.devices.iter().find(|device| device.is_gpu) {
        Some(gpu) if info.gpu_layers > 0 => gpu.name.clone(),
        _ => "CPU".to_owned(),
    };
    Row {
        model: info.description(),
        size: info.size,
        parameters: info.parameters,
        backend,
        threads: info.threads,
        test: test_name(test, options),
        candidates,
        samples_per_second: samples,
        mean_per_second: mean,
        deviation_per_second: deviation,
        ceiling: None,
    }
}

/// The mean and the sample standard deviation (n - 1), as `llama-bench` computes them; 0 for
/// the deviation of a single sample.
fn mean_and_deviation(samples: &[f64]) -> (f64, f64) {
    let count = samples.len() as f64;
    if samples.is_empty() {
        return (0.0, 0.0);
    }
    let mean = samples.iter().sum::<f64>() / count;
    if samples.len() == 1 {
        return (mean, 0.0);
    }
    let squares: f64 = samples.iter().map(|sample| (sample - mean).powi(2)).sum();
    (mean, (squares / (count - 1.0)).sqrt())
}

fn write_table(rows: &[Row], format: BenchFormat, out: &mut impl Write) -> anyhow::Result<()> {
    match format {
        BenchFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, rows)?;
            writeln!(out)?;
        }
        BenchFormat::Csv => {
            writeln!(
                out,
                "model,size_bytes,parameters,backend,threads,test,candidates,mean_per_second,deviation_per_second"
            )?;
            for row in rows {
                writeln!(
                    out,
                    "\"{}\",{},{},\"{}\",{},{},{},{:.2},{:.2}",
                    text::visible_line(&row.model).replace('"', "\"\""),
                    row.size,
                    row.parameters,
                    text::visible_line(&row.backend).replace('"', "\"\""),
                    row.threads,
                    row.test,
                    row.candidates,
                    row.mean_per_second,
                    row.deviation_per_second
                )?;
            }
        }
        BenchFormat::Markdown => write_markdown(rows, out)?,
    }
    out.flush()?;
    Ok(())
}

fn write_markdown(rows: &[Row], out: &mut impl Write) -> anyhow::Result<()> {
    let header = [
        "model",
        "size",
        "params",
        "backend",
        "threads",
        "test",
        "candidates",
        "t/s",
    ];
    let cells: Vec<[String; 8]> = rows
        .iter()
        .map(|row| {
            [
                text::visible_line(&row.model).into_owned(),
                format!("{:.2} MiB", row.size as f64 / f64::from(1 << 20)),
                format!("{:.2} M", row.parameters as f64 / 1e6),
                text::visible_line(&row.backend).into_owned(),
                row.threads.to_string(),
                row.test.clone(),
                row.candidates.to_string(),
                format!(
                    "{:.2} ± {:.2}",
                    row.mean_per_second, row.deviation_per_second
                ),
            ]
        })
        .collect();
    let width = |column: usize| {
        cells
            .iter()
            .map(|row| text::width(&row[column]))
            .chain([header[column].len()])
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..header.len()).map(width).collect();
    let mut line = |cells: [&str; 8]| -> std::io::Result<()> {
        for (cell, width) in cells.iter().zip(&widths) {
            write!(out, "| {} ", text::columns::left(cell, *width))?;
        }
        writeln!(out, "|")
    };
    line(header)?;
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    line(std::array::from_fn(|column| rule[column].as_str()))?;
    for row in &cells {
        line(std::array::from_fn(|column| row[column].as_str()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Row {
        Row {
            model: "llama 134M Q4_1".into(),
            size: 98_304_000,
            parameters: 134_515_008,
            backend: "CPU".into(),
            threads: 2,
            test: "tg128".into(),
            candidates: 40,
            samples_per_second: vec![130.0, 132.0],
            mean_per_second: 131.0,
            deviation_per_second: 1.414,
            ceiling: None,
        }
    }

    #[test]
    fn the_deviation_is_that_of_a_sample() {
        let (mean, deviation) = mean_and_deviation(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]);
        assert!((mean - 5.0).abs() < 1e-12);
        assert!((deviation - 2.138_089_935_299_395).abs() < 1e-12);
        assert_eq!(mean_and_deviation(&[3.0]), (3.0, 0.0));
        assert_eq!(mean_and_deviation(&[]), (0.0, 0.0));
    }

    #[test]
    fn the_markdown_table_is_aligned() {
        let mut out = Vec::new();
        write_table(&[example()], BenchFormat::Markdown, &mut out).expect("a vector takes all");
        let table = String::from_utf8(out).expect("the table is text");
        insta::assert_snapshot!(table, @r"
        | model           | size      | params   | backend | threads | test  | candidates | t/s           |
        | --------------- | --------- | -------- | ------- | ------- | ----- | ---------- | ------------- |
        | llama 134M Q4_1 | 93.75 MiB | 134.52 M | CPU     | 2       | tg128 | 40         | 131.00 ± 1.41 |
        ");
    }

    #[test]
    fn the_json_form_carries_every_sample() {
        let mut out = Vec::new();
        write_table(&[example()], BenchFormat::Json, &mut out).expect("a vector takes all");
        let value: serde_json::Value = serde_json::from_slice(&out).expect("it is JSON");
        assert_eq!(value[0]["samples_per_second"][1], 132.0);
        assert_eq!(value[0]["test"], "tg128");
    }
}
