use std::time::Duration;
use std::path::PathBuf;
use crossbeam_channel::{unbounded, Receiver, Sender};
use limpid::driver::{Driver, DriverOptions};
use limpid::chat::session::SessionOptions;
use limpid::engine::Engine;
use limpid::inference::*;
use limpid::tui::{self, Options, Library, ModelChoice};
use limpid::config::{Keymap, Theme, Settings, paths};

struct Fake { tx: Sender<EngineCommand>, rx: Receiver<EngineEvent> }
impl Engine for Fake {
    fn send(&self, c: EngineCommand) -> Result<(), EngineError> { let _ = self.tx.send(c); Ok(()) }
    fn events(&self) -> &Receiver<EngineEvent> { &self.rx }
    fn pid(&self) -> Option<u32> { Some(std::process::id()) }
}
const TEXT: &str = "The sky is blue because of a process called Rayleigh scattering, which is a natural phenomenon that occurs when light encounters molecules of air.\n\n1. Sunlight holds all colours.\n2. Short waves are scattered more strongly than long ones: 日本語 👩‍👩‍👧 too.\n\nSo the light that reaches us from every part of the sky is mostly blue, and \u{1b}]52;c;aGk=\u{7} at dusk, when it has a longer way through the air, what is left is red.\n";
fn start() -> Fake {
    let (tx, crx) = unbounded::<EngineCommand>();
    let (etx, rx) = unbounded();
    let rate: u64 = std::env::var("RATE").ok().and_then(|r| r.parse().ok()).unwrap_or(60);
    let n: usize = std::env::var("TOKENS").ok().and_then(|r| r.parse().ok()).unwrap_or(150);
    std::thread::spawn(move || {
        let mut cached = 0u32;
        while let Ok(c) = crx.recv() {
            match c {
                EngineCommand::Load(l) => {
                    for i in 0..10 { let _ = etx.send(EngineEvent::Loading{request:l.request, fraction: i as f32/10.0}); std::thread::sleep(Duration::from_millis(30)); }
                    let _ = etx.send(EngineEvent::Loaded{request:l.request, model: Box::new(ModelInfo{ name:"SmolLM2-135M-Instruct".into(), path:l.path.clone(), architecture:"llama".into(), description:"llama 134M Q4_1".into(), size:98_000_000, parameters:134_515_008, vocabulary:49152, context_trained:8192, context_size:2048, context_limit:8192, threads:2, gpu_layers:0, layers:30, devices:vec![], has_template:true, template_hash:"0123456789abcdef".into(), can_rewind:true, load_ms:131.0, system_info:String::new()})});
                }
                EngineCommand::Generate(g) => {
                    let total = 80; let reused = cached.min(61);
                    let mut done = reused;
                    loop { let _ = etx.send(EngineEvent::Prefill{request:g.request, done, total, reused}); if done==total {break} done=(done+10).min(total); std::thread::sleep(Duration::from_millis(30)); }
                    let mut words: Vec<Vec<u8>> = vec![];
                    let mut rest = TEXT.as_bytes();
                    while !rest.is_empty() { 
                        let mut e = 1; while e < rest.len() && rest[e] != b' ' && rest[e] != b'\n' && e < 9 { e+=1 }
                        words.push(rest[..e].to_vec()); rest=&rest[e..]; }
                    let mut count=0; let mut cancelled=false;
                    let t0=std::time::Instant::now();
                    for i in 0..n {
                        while let Ok(c)=crx.try_recv() { if let EngineCommand::Cancel(_) = c { cancelled=true; } }
                        if cancelled {break}
                        let w = words[i % words.len()].clone();
                        let p = [0.62f32,0.97,0.35,0.08,0.85,0.999][i%6];
                        let id = TokenId((i % words.len()) as u32 + 100);
                        let mut cands=vec![]; let mut pieces=vec![Piece{id,bytes:w.clone()}];
                        let alts=[" scattering"," scatter"," diffraction"," refraction"," reflection","\n"," 日本","🦀"," the"," of"," light"," which"];
                        let mut left=1.0-p; let rot=i*7%alts.len(); let alts:Vec<&str>=alts.iter().cycle().skip(rot).take(12).copied().chain(["a","b","c","d","e","f","g","h","i","j","k","l","m","n","o","p","q","r","s","t","u","v","w","x","y","z"].iter().cycle().skip(i%26).take(26).copied()).collect(); 
                        if p>=0.35 { cands.push(Candidate{id,logprob:p.ln(),final_probability:p*1.1,link:SamplerLink::Kept}); }
                        for (k,a) in alts.iter().enumerate() { let q=left*(0.25+((i*31+k*17)%40) as f32/100.0); left-=q; let aid=TokenId(5000+a.len() as u32*1000+a.as_bytes()[0] as u32*7+a.as_bytes()[a.len()-1] as u32); pieces.push(Piece{id:aid,bytes:a.as_bytes().to_vec()});
                            let link = if k<4 {SamplerLink::Kept} else if k<7 {SamplerLink::MinP} else {SamplerLink::TopK};
                            cands.push(Candidate{id:aid,logprob:q.ln(),final_probability: if k<4 {q*1.1} else {0.0},link}); }
                        if p<0.35 && i%12!=3 { cands.insert(2, Candidate{id,logprob:p.ln(),final_probability:p*1.1,link:SamplerLink::Kept}); }
                        cands.sort_by(|a,b| b.logprob.total_cmp(&a.logprob));
                        let _ = etx.send(EngineEvent::Token(Box::new(GeneratedToken{request:g.request,text:w.clone(),trace:TokenTrace{id,kind:TokenKind::Text,text_len:w.len() as u32,logprob:p.ln(),rank:Some(if p>=0.35{1}else{3}),entropy:Some(1.34),outside:left,candidates:cands},pieces})));
                        count+=1;
                        std::thread::sleep(Duration::from_micros(1_000_000/rate));
                    }
                    cached=80;
                    let stop = if cancelled {StopReason::Cancelled} else {StopReason::EndOfGeneration};
                    let _ = etx.send(EngineEvent::Finished{request:g.request,stop,stats:Box::new(GenerationStats{prompt_tokens:80,cached_tokens:reused,prompt_ms:62.0,predicted_tokens:count,predicted_ms:t0.elapsed().as_secs_f64()*1000.0,ttft_ms:74.0,load_ms:0.0,context_used:80+count,context_size:2048,seed:4711,engine_memory:158_000_000})});
                }
                EngineCommand::Render{request,..} => { let _=etx.send(EngineEvent::Rendered{request,pieces:vec![RenderedPiece{id:TokenId(1),bytes:b"<|im_start|>".to_vec(),kind:TokenKind::Control},RenderedPiece{id:TokenId(2),bytes:b"user\nhi".to_vec(),kind:TokenKind::Text}]}); }
                _ => {}
            }
        }
    });
    Fake{tx,rx}
}
struct Lib;
impl Library for Lib {
    fn models(&self) -> Vec<ModelChoice> { vec![ModelChoice{name:"smollm2-135m".into(),detail:"98 MB, Q4_1, models/".into(),path:PathBuf::from("models/x.gguf")}] }
    fn resolve(&self, n:&str) -> Result<PathBuf,String> { if n=="x" {Ok(PathBuf::from("/x"))} else {Err(format!("no model is called '{n}'; `limpid models list` shows those that are here"))} }
}
fn main() -> anyhow::Result<()> {
    let settings = Settings::default();
    let color = std::env::var_os("NO_COLOR").is_none();
    let theme = Theme::choose(&std::env::var("THEME").unwrap_or("dark".into()), color, None, &paths::process_env)?;
    let history = std::env::var("HISTORY").map(PathBuf::from).map_err(|_| "no folder".to_owned());
    let mut session = SessionOptions::default();
    session.record = history.is_ok();
    let driver = Driver::new(DriverOptions{session, history, open:None, model: Some(PathBuf::from("models/SmolLM2.gguf"))}, Box::new(start()));
    let utf8 = tui::ascii::locale_is_utf8(|n| std::env::var(n).ok());
    let mut keymap = Keymap::default(); let _ = &mut keymap;
    let out = tui::run(driver, Options{ui:settings.ui, keymap, theme, color, themes:None, utf8, library:Box::new(Lib), first:None, notices:vec![]})?;
    for n in &out.notices { eprintln!("{}", n.text); }
    std::process::exit(out.ending.exit_code().into());
}
