//! Keeps an engine process: starts it, restarts it, and gives up on what kills it.
//!
//! One process serves one model. A `Load` on a process that was given one already ends that
//! process and starts a fresh one, so what a process may open can be named before it parses a
//! byte of the file, and nothing a bad model left behind meets the next.
//!
//! Where a resident engine has the model as it is wanted, a connection to it stands in for the
//! process: it is asked before anything is started, and whatever speaks against it leads to a
//! process of our own, in silence but for the log, and for a word where the user can change that.

mod breaker;
mod ledger;
mod transport;

use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, never, select, unbounded};

use self::breaker::Breaker;
use self::ledger::{Fate, Ledger};
use self::transport::Transport;
use super::Engine;
use super::outlet::{Listener, Outlet};
use super::process::{Ending, EngineProcess, ProcessOptions};
use super::reader::{self, ReadEnd};
use super::resident::link::LinkError;
use super::wire::{self, WireError};
use crate::inference::{
    EngineCommand, EngineError, EngineEvent, EngineExit, LoadRequest, RequestId, Sharing,
};
use crate::words::{Said, engine as words};

/// How long an engine whose channel was closed may take to end by itself.
const GRACE: Duration = Duration::from_secs(1);

/// An engine in a process of its own, restarted when it dies.
///
/// The process starts with [`start`](Self::start) or with the first `Load`. When it dies,
/// [`EngineEvent::Exited`] ends all requests that were open; the next command that needs the
/// model starts a new process and loads the last model again, whose `Loading` and `Loaded`
/// events come with the id of the original request. Dropping it ends the process, without
/// waiting for that: a program that ends meanwhile takes the engine with it.
#[derive(Debug)]
pub struct ProcessEngine {
    orders: Sender<Order>,
    outlet: Outlet,
    events: Receiver<EngineEvent>,
    /// 0: none.
    pid: Arc<AtomicU32>,
}

impl ProcessEngine {
    /// An engine that is not started yet.
    ///
    /// # Errors
    /// No thread can be started.
    pub fn new(options: ProcessOptions) -> io::Result<Self> {
        let (orders, inbox) = unbounded();
        let (outlet, events) = Outlet::new();
        let pid = Arc::new(AtomicU32::new(0));
        let supervisor = Supervisor {
            options,
            ledger: Ledger::new(outlet.clone(), Arc::clone(&pid)),
            pid: Arc::clone(&pid),
            process: None,
            model: None,
            alone: false,
            breaker: Breaker::default(),
        };
        // The kernel ends the engine when the thread that started it ends: it is this one,
        // which lives as long as the engine.
        thread::Builder::new()
            .name("engine supervisor".into())
            .spawn(move || supervisor.run(&inbox))?;
        Ok(Self {
            orders,
            outlet,
            events,
            pid,
        })
    }

    /// Starts the process ahead of the first command, without waiting for it.
    pub fn start(&self) {
        // A supervisor that is gone shows at the first command.
        let _gone = self.order(Order::Start);
    }

    fn order(&self, order: Order) -> Result<(), EngineError> {
        self.orders.send(order).map_err(|_| EngineError::Protocol {
            reason: words::SUPERVISOR_GONE.into(),
        })
    }
}

impl Engine for ProcessEngine {
    fn send(&self, command: EngineCommand) -> Result<(), EngineError> {
        let frame = encode(&command)?;
        self.order(Order::Command { command, frame })
    }

    fn events(&self) -> &Receiver<EngineEvent> {
        &self.events
    }

    fn listen(&self, listener: Listener) {
        self.outlet.listen(listener);
    }

    fn pid(&self) -> Option<u32> {
        Some(self.pid.load(Ordering::Relaxed)).filter(|&pid| pid != 0)
    }
}

fn encode(command: &EngineCommand) -> Result<Vec<u8>, EngineError> {
    wire::encode(command).map_err(|error| match (command, error) {
        (_, WireError::Oversize { size }) => EngineError::Refused {
            reason: Said::new(|| words::request_too_large(size >> 20, wire::MAX_FRAME >> 20)),
        },
        (command, error) => match unwritable(command) {
            Some(path) => EngineError::ModelNotLoadable {
                path: path.clone(),
                reason: words::PATH_NOT_UTF8.into(),
            },
            None => EngineError::Protocol {
                reason: Said::of(&error),
            },
        },
    })
}

fn not_started(error: &io::Error) -> EngineError {
    EngineError::Refused {
        reason: Said::new(|| words::not_started(error)),
    }
}

/// A path that cannot cross to the engine.
fn unwritable(command: &EngineCommand) -> Option<&PathBuf> {
    let paths: Vec<&PathBuf> = match command {
        EngineCommand::Load(load) => [&load.path]
            .into_iter()
            .chain(&load.beside)
            .chain(&load.draft)
            .collect(),
        EngineCommand::Quantize(quantize) => vec![&quantize.source, &quantize.target],
        _ => Vec::new(),
    };
    paths.into_iter().find(|path| path.to_str().is_none())
}

#[derive(Debug)]
enum Order {
    Start,
    Command {
        command: EngineCommand,
        frame: Vec<u8>,
    },
}

/// The model that the engine is to have.
#[derive(Debug)]
struct Model {
    load: Box<LoadRequest>,
    /// The `Load` command, to be sent again to a new process.
    frame: Vec<u8>,
}

/// What computes, and how what is read from it ended.
#[derive(Debug)]
struct Running {
    transport: Transport,
    ended: Receiver<ReadEnd>,
    /// Whether it was given its model, or a file to convert: it takes no other.
    loaded: bool,
}

impl Running {
    fn is_shared(&self) -> bool {
        matches!(self.transport, Transport::Resident(_))
    }
}

#[derive(Debug)]
struct Supervisor {
    options: ProcessOptions,
    ledger: Ledger,
    pid: Arc<AtomicU32>,
    process: Option<Running>,
    model: Option<Model>,
    /// A resident engine went away in the middle of its work: the next one is our own.
    alone: bool,
    breaker: Breaker,
}

impl Supervisor {
    fn run(mut self, inbox: &Receiver<Order>) {
        let silence = never();
        loop {
            let ended = self
                .process
                .as_ref()
                .map_or(&silence, |running| &running.ended);
            select! {
                recv(inbox) -> order => match order {
                    Ok(Order::Start) => self.prepare(),
                    Ok(Order::Command { command, frame }) => self.command(command, frame),
                    Err(_dropped) => break,
                },
                // A reader that died without a word panicked.
                recv(ended) -> end => {
                    self.bury(&end.unwrap_or(ReadEnd::Wire(WireError::Truncated)));
                }
            }
        }
        self.end_process();
    }

    /// Starts a process ahead of need, where none stays that could be asked first. That it can't
    /// be started is told to the request that needs it.
    fn prepare(&mut self) {
        let resident = self.options.resident.as_ref();
        if self.process.is_none()
            && !resident.is_some_and(super::resident::Resident::is_likely)
            && let Err(error) = self.spawn()
        {
            tracing::warn!(%error, "cannot start the engine ahead of its first command");
        }
    }

    fn command(&mut self, command: EngineCommand, frame: Vec<u8>) {
        let Some(request) = command.request() else {
            return self.write(&frame);
        };
        let ready = match command {
            EngineCommand::Load(load) => return self.load(load, frame),
            EngineCommand::Quantize(_) => self.unused_process(),
            _ => self.make_ready(),
        };
        match ready {
            Ok(()) => self.open_request(request, &frame),
            Err(error) => self.fail(request, error),
        }
    }

    fn load(&mut self, load: Box<LoadRequest>, frame: Vec<u8>) {
        if let Err(refusal) = self.breaker.check(&load.path) {
            return self.fail(load.request, refusal);
        }
        self.end_used_process();
        let request = load.request;
        let (load, frame) = match self.with_states(load, frame) {
            Ok(both) => both,
            Err(error) => return self.fail(request, error),
        };
        self.ledger.hope_for(Some(request));
        self.model = Some(Model { load, frame });
        if let Err(error) = self.make_ready() {
            self.fail(request, error);
        }
    }

    /// A process that has read no model, for work on a file.
    fn unused_process(&mut self) -> Result<(), EngineError> {
        self.end_used_process();
        self.ledger.hope_for(None);
        self.model = None;
        if self.process.is_none() {
            self.spawn().map_err(|error| not_started(&error))?;
        }
        if let Some(running) = &mut self.process {
            running.loaded = true;
        }
        Ok(())
    }

    /// Ends a process that has read a model, and the requests that it had open.
    fn end_used_process(&mut self) {
        if self.process.as_ref().is_some_and(|running| running.loaded) {
            self.end_process();
            for request in self.ledger.take_open().into_keys() {
                self.fail(request, EngineError::Cancelled);
            }
        }
    }

    /// Names the folder in which the engine may keep what it computes of conversations.
    fn with_states(
        &self,
        mut load: Box<LoadRequest>,
        frame: Vec<u8>,
    ) -> Result<(Box<LoadRequest>, Vec<u8>), EngineError> {
        let states = self.options.states.as_ref();
        let Some(folder) = states.and_then(|states| states.folder_of(&load.path)) else {
            return Ok((load, frame));
        };
        load.states = Some(folder);
        let command = EngineCommand::Load(load.clone());
        Ok((load, encode(&command)?))
    }

    /// Makes sure that a process runs and was given the model.
    fn make_ready(&mut self) -> Result<(), EngineError> {
        let model = self.model().ok_or(EngineError::NoModel)?;
        if let Some(Fate::Failed(failure)) = self.ledger.fate() {
            return Err(failure);
        }
        self.breaker.check(&model.load.path)?;
        if self.process.is_none() && !self.connect() {
            self.spawn().map_err(|error| not_started(&error))?;
        }
        let (Some(running), Some(model)) = (&mut self.process, &self.model) else {
            return Ok(());
        };
        if !running.loaded {
            running.loaded = true;
            let (request, frame) = (model.load.request, model.frame.clone());
            self.open_request(request, &frame);
        }
        Ok(())
    }

    /// The model that the engine is to have, unless its loading was cancelled.
    fn model(&self) -> Option<&Model> {
        self.model
            .as_ref()
            .filter(|_| self.ledger.fate() != Some(Fate::Cancelled))
    }

    /// Tries the resident engine, if one may be used.
    fn connect(&mut self) -> bool {
        let (Some(resident), Some(model), false) =
            (&self.options.resident, &self.model, self.alone)
        else {
            return false;
        };
        let linked = resident
            .connect(&self.options, &model.load)
            .and_then(|link| Ok((link.read(self.ledger.reader())?, link)));
        match linked {
            Ok((ended, link)) => {
                tracing::info!("the resident engine has this model");
                self.process = Some(Running {
                    transport: Transport::Resident(link),
                    ended,
                    loaded: false,
                });
                true
            }
            Err(LinkError::Nobody) => false,
            Err(error) => {
                tracing::info!(%error, "an engine of our own is started");
                if let LinkError::Refused(refusal) = error
                    && refusal.avoidable
                {
                    self.ledger.emit(EngineEvent::Notice {
                        request: None,
                        text: Said::new(|| words::private_engine(&refusal.reason)),
                    });
                }
                false
            }
        }
    }

    fn spawn(&mut self) -> io::Result<()> {
        let process = EngineProcess::start(&self.options)?;
        let wanted = self.ledger.reader();
        let ended = match process
            .channel()
            .and_then(|channel| reader::start(channel, wanted))
        {
            Ok(ended) => ended,
            Err(error) => {
                process.end(Duration::ZERO);
                return Err(error);
            }
        };
        self.pid.store(process.pid(), Ordering::Relaxed);
        self.process = Some(Running {
            transport: Transport::Process(process),
            ended,
            loaded: false,
        });
        Ok(())
    }

    fn open_request(&mut self, request: RequestId, frame: &[u8]) {
        let shared = self.process.as_ref().is_some_and(Running::is_shared);
        self.ledger.open(request, shared.then(|| frame.to_vec()));
        self.write(frame);
    }

    /// Writes to the process, if there is one. A failed write is not lost: the process is dead
    /// or as good as dead; its death is made certain here, and read from the channel, after
    /// all that it still said.
    fn write(&mut self, frame: &[u8]) {
        if let Some(running) = &mut self.process
            && let Err(error) = running.transport.write_frame(frame)
        {
            tracing::warn!(%error, "the engine takes no more commands");
            running.transport.kill();
        }
    }

    /// The process is dead or must die: reaps it and tells.
    fn bury(&mut self, end: &ReadEnd) {
        if self.process.as_ref().is_some_and(Running::is_shared) {
            return self.lose(end);
        }
        let Some(ending) = self.end_process() else {
            return;
        };
        if !matches!(end, ReadEnd::Wire(WireError::Closed | WireError::Truncated)) {
            let error = EngineError::Protocol {
                reason: Said::of(end),
            };
            for request in self.ledger.take_open().into_keys() {
                self.fail(request, error.clone());
            }
        }
        self.ledger.take_open();
        let model = self.model().map(|model| model.load.path.clone());
        let deaths = model
            .as_deref()
            .map_or(0, |path| self.breaker.count_death(path));
        self.ledger.emit(EngineEvent::Exited(EngineExit {
            signal: ending.status.and_then(|status| status.signal()),
            code: ending.status.and_then(|status| status.code()),
            log: ending.log,
            model,
            deaths,
        }));
    }

    /// The resident engine is gone. One that nobody waits for was stopped, or had its time: the
    /// next command asks anew. What it had not begun to answer is asked of an engine of our own,
    /// and what it had is over.
    fn lose(&mut self, end: &ReadEnd) {
        self.end_process();
        let open = self.ledger.take_open();
        if open.is_empty() {
            return;
        }
        self.alone = true;
        let unanswered: Option<Vec<_>> = open.into_iter().map(|(id, it)| Some((id, it?))).collect();
        match unanswered {
            Some(requests) => self.ask_again(requests),
            None => self.ledger.emit(EngineEvent::Exited(EngineExit {
                signal: None,
                code: None,
                log: vec![words::serve_gone(end)],
                model: self.model().map(|model| model.load.path.clone()),
                deaths: 0,
            })),
        }
    }

    fn ask_again(&mut self, requests: Vec<(RequestId, Vec<u8>)>) {
        let load = self.model().map(|model| model.load.request);
        let ready = self.make_ready();
        for (request, frame) in requests {
            match &ready {
                // It goes with the engine.
                Ok(()) if load == Some(request) => {}
                Ok(()) => self.open_request(request, &frame),
                Err(error) => self.fail(request, error.clone()),
            }
        }
    }

    fn end_process(&mut self) -> Option<Ending> {
        let running = self.process.take()?;
        self.ledger.close();
        self.pid.store(0, Ordering::Relaxed);
        if running.is_shared() {
            self.ledger.emit(EngineEvent::Shared(Sharing::default()));
        }
        Some(running.transport.end(GRACE))
    }

    fn fail(&self, request: RequestId, error: EngineError) {
        self.ledger.emit(EngineEvent::Failed {
            request: Some(request),
            error,
        });
    }
}
