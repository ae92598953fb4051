//! The loop between the guests, the desk and the engine.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, after, bounded, never, select};

use super::desk::{ClientId, Desk, Limits, Out};
use super::greeting::{self, Reply, Status, Wish};
use super::guest::{self, Outbox};
use super::place::{self, Taken};
use super::terms::{FileIdentity, Terms};
use crate::engine::Engine;
use crate::engine::wire::{self, WireError};
use crate::inference::{EngineCommand, EngineError, EngineEvent};
use crate::words::{Phrase, engine as words};

/// Who connects and says nothing for this long is no client.
const GREETING_TIMEOUT: Duration = Duration::from_secs(5);

/// Connections beyond the clients: those that are being greeted, and those who ask for the
/// status.
const SPARE_CONNECTIONS: usize = 16;

/// Messages that wait for the hub; a client that sends faster waits itself.
const INBOX: usize = 256;

/// How long the clients' last events may take when the hub ends.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// A listener that has no descriptor for a connection is not asked again at once.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What a hub starts with.
#[derive(Debug, Clone)]
pub struct HubOptions {
    pub terms: Terms,
    pub limits: Limits,
    /// Idleness after which it ends; `None`: never.
    pub keep_alive: Option<Duration>,
}

/// Why a hub ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Ending {
    /// `limpid serve --stop`, or the `stop` channel.
    Stopped,
    /// Nobody asked for anything in the time it was to be kept.
    Idle,
    /// The model cannot be loaded, or killed its engine too often.
    Failed(EngineError),
}

/// What comes from the connections.
enum Incoming {
    Wish {
        wish: Wish,
        /// What the path of a wished load leads to.
        file: Option<FileIdentity>,
        /// Told the client that it has become, if it has.
        admitted: Sender<ClientId>,
        stream: UnixStream,
    },
    Command(ClientId, EngineCommand),
    Gone(ClientId, Option<WireError>),
}

/// A resident engine's hub, in its loop.
pub struct Hub<'a> {
    engine: &'a dyn Engine,
    options: HubOptions,
    desk: Desk,
    guests: BTreeMap<ClientId, Outbox>,
    inbox: Receiver<Incoming>,
    started: Instant,
    idle_since: Instant,
    ending: Option<Ending>,
}

impl<'a> Hub<'a> {
    /// Begins to listen, and has the engine load its model.
    ///
    /// # Errors
    /// No thread or descriptor is left.
    pub fn start(options: HubOptions, taken: &Taken, engine: &'a dyn Engine) -> io::Result<Self> {
        let (sender, inbox) = bounded(INBOX);
        let listener = taken.listener().try_clone()?;
        let most = options.limits.clients as usize + SPARE_CONNECTIONS;
        thread::Builder::new()
            .name("listener".into())
            .spawn(move || listen(&listener, &sender, most))?;
        let load = EngineCommand::Load(Box::new(options.terms.load.clone()));
        let ending = engine.send(load).err().map(Ending::Failed);
        Ok(Self {
            engine,
            desk: Desk::new(options.terms.clone(), options.limits),
            options,
            guests: BTreeMap::new(),
            inbox,
            started: Instant::now(),
            idle_since: Instant::now(),
            ending,
        })
    }

    /// Runs until it is stopped, idle for long enough, or has no engine any more. `watch` sees
    /// each event of the engine before it is handed on.
    pub fn run(mut self, stop: &Receiver<()>, mut watch: impl FnMut(&EngineEvent)) -> Ending {
        let events = self.engine.events().clone();
        let inbox = self.inbox.clone();
        loop {
            if let Some(ending) = self.ending.take() {
                self.end();
                return ending;
            }
            let deadline = match self.options.keep_alive {
                Some(limit) if self.desk.is_idle() => {
                    after(limit.saturating_sub(self.idle_since.elapsed()))
                }
                _ => never(),
            };
            select! {
                recv(inbox) -> incoming => match incoming {
                    Ok(incoming) => self.incoming(incoming),
                    Err(_) => self.ending = Some(lost(words::LISTENER_ENDED)),
                },
                recv(events) -> event => match event {
                    Ok(event) => {
                        watch(&event);
                        self.event(event);
                    }
                    Err(_) => self.ending = Some(lost(words::SUPERVISOR_ENDED)),
                },
                recv(stop) -> _ => self.ending = Some(Ending::Stopped),
                // What came at the same moment goes first.
                recv(deadline) -> _ => if inbox.is_empty() {
                    self.ending = Some(Ending::Idle);
                },
            }
        }
    }

    fn incoming(&mut self, incoming: Incoming) {
        match incoming {
            Incoming::Wish {
                wish,
                file,
                admitted,
                stream,
            } => {
                if let Some(client) = self.wish(&wish, file, stream)
                    && admitted.send(client).is_err()
                {
                    self.leave(client);
                }
            }
            Incoming::Command(client, command) => {
                let was_idle = self.desk.is_idle();
                let out = self.desk.command(client, command);
                self.carry_out(out);
                self.note_idleness(was_idle);
            }
            Incoming::Gone(client, why) => {
                if let Some(error) = why
                    && self.guests.contains_key(&client)
                {
                    tracing::warn!(client = client.0, %error, "a client was disconnected");
                }
                self.leave(client);
            }
        }
    }

    fn wish(
        &mut self,
        wish: &Wish,
        file: Option<FileIdentity>,
        mut stream: UnixStream,
    ) -> Option<ClientId> {
        let (load, sandbox) = match wish {
            Wish::Stop => {
                self.ending = Some(Ending::Stopped);
                reply(&mut stream, &Reply::Stopping);
                return None;
            }
            Wish::Status => {
                reply(&mut stream, &Reply::Status(Box::new(self.status())));
                return None;
            }
            Wish::Use { load, sandbox } => (load, *sandbox),
        };
        let client = match self.desk.admit(load, file, sandbox) {
            Ok(client) => client,
            Err(refusal) => {
                tracing::info!(reason = %refusal.reason, "a client was refused");
                reply(&mut stream, &Reply::Refused(refusal));
                return None;
            }
        };
        // The welcome goes ahead of every event.
        reply(&mut stream, &Reply::Welcome);
        let outbox = stream
            .set_read_timeout(None)
            .and_then(|()| stream.set_write_timeout(None))
            .and_then(|()| Outbox::start(&stream));
        match outbox {
            Ok(outbox) => {
                self.guests.insert(client, outbox);
                self.idle_since = Instant::now();
                tracing::debug!(client = client.0, "a client came");
                self.tell_sharing();
                Some(client)
            }
            Err(error) => {
                tracing::warn!(%error, "a client cannot be served");
                self.leave(client);
                None
            }
        }
    }

    fn status(&self) -> Status {
        let keep_alive = self.options.keep_alive;
        Status {
            pid: std::process::id(),
            engine: self.engine.pid(),
            model: self.options.terms.load.path.clone(),
            ready: self.desk.model().is_some(),
            clients: self.desk.clients(),
            max_clients: self.options.limits.clients,
            requests: self.desk.requests(),
            max_requests: self.options.limits.requests,
            idle_seconds: self
                .desk
                .is_idle()
                .then(|| self.idle_since.elapsed().as_secs()),
            keep_alive_seconds: keep_alive.map(|it| it.as_secs()),
            uptime_seconds: self.started.elapsed().as_secs(),
        }
    }

    fn event(&mut self, event: EngineEvent) {
        let engine_changed = matches!(event, EngineEvent::Loaded { .. } | EngineEvent::Exited(_));
        let was_idle = self.desk.is_idle();
        let out = self.desk.event(event);
        self.carry_out(out);
        self.note_idleness(was_idle);
        if engine_changed {
            self.tell_sharing();
        }
    }

    fn note_idleness(&mut self, was_idle: bool) {
        let is_idle = self.desk.is_idle();
        if is_idle && !was_idle {
            self.idle_since = Instant::now();
        }
        if is_idle != was_idle {
            self.tell_sharing();
        }
    }

    fn leave(&mut self, client: ClientId) {
        if let Some(outbox) = self.guests.remove(&client) {
            outbox.cut();
            tracing::debug!(client = client.0, "a client left");
        }
        let out = self.desk.leave(client);
        self.carry_out(out);
        self.tell_sharing();
    }

    fn tell_sharing(&mut self) {
        let out = self.desk.tell_sharing(self.engine.pid());
        self.carry_out(out);
    }

    fn carry_out(&mut self, out: Vec<Out>) {
        let mut expelled = Vec::new();
        for one in out {
            match one {
                Out::Client(client, event) => {
                    let sent = self.guests.get(&client).map(|outbox| outbox.send(&event));
                    if let Some(Err(guest::TooSlow)) = sent {
                        expelled.push((client, "it does not read what it asked for"));
                    }
                }
                Out::Engine(command) => self.send(command),
                Out::Expel(client, why) => expelled.push((client, why)),
                Out::End(error) => self.ending = Some(Ending::Failed(error)),
            }
        }
        for (client, why) in expelled {
            if self.guests.contains_key(&client) {
                tracing::warn!(client = client.0, "a client was disconnected: {why}");
                self.leave(client);
            }
        }
    }

    fn send(&mut self, command: EngineCommand) {
        let request = command.request();
        if let Err(error) = self.engine.send(command) {
            let out = self.desk.event(EngineEvent::Failed { request, error });
            self.carry_out(out);
        }
    }

    /// Lets the clients have what they were already told.
    fn end(self) {
        let deadline = Instant::now() + LAST_WORDS;
        let writers: Vec<_> = self.guests.into_values().map(Outbox::finish).collect();
        while Instant::now() < deadline && !writers.iter().all(thread::JoinHandle::is_finished) {
            thread::sleep(Duration::from_millis(1));
        }
    }
}

fn lost(what: Phrase) -> Ending {
    Ending::Failed(EngineError::Protocol {
        reason: what.into(),
    })
}

/// A few bytes to a connection that holds none yet. Who is gone by then needs none.
fn reply(stream: &mut UnixStream, reply: &Reply) {
    match wire::encode(reply) {
        Ok(frame) => drop(stream.write_all(&frame)),
        Err(error) => tracing::error!(%error, "a reply cannot be written down"),
    }
}

/// Takes connections for as long as there is a hub.
fn listen(listener: &UnixListener, hub: &Sender<Incoming>, most: usize) {
    // Each connection holds a clone.
    let connections = Arc::new(());
    loop {
        let stream = match listener.accept() {
            Ok((stream, _)) => stream,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => {
                tracing::warn!(%error, "no connection can be taken");
                thread::sleep(ACCEPT_PAUSE);
                continue;
            }
        };
        if !place::is_ours(&stream) {
            tracing::warn!("a connection of another user was refused");
            continue;
        }
        if Arc::strong_count(&connections) > most {
            tracing::warn!("a connection was refused: there are {most} already");
            continue;
        }
        let (hub, held) = (hub.clone(), Arc::clone(&connections));
        let started = thread::Builder::new()
            .name("guest reader".into())
            .spawn(move || {
                serve(stream, &hub);
                drop(held);
            });
        if let Err(error) = started {
            tracing::warn!(%error, "a connection was refused");
        }
    }
}

/// One connection, from its greeting to its end.
fn serve(mut stream: UnixStream, hub: &Sender<Incoming>) {
    let timeouts = stream
        .set_read_timeout(Some(GREETING_TIMEOUT))
        .and_then(|()| stream.set_write_timeout(Some(GREETING_TIMEOUT)))
        .and_then(|()| stream.try_clone());
    let copy = match timeouts {
        Ok(copy) => copy,
        Err(error) => return tracing::warn!(%error, "a connection cannot be served"),
    };
    let wish = match greeting::hear(&mut stream) {
        Ok(Ok(wish)) => wish,
        Ok(Err(other)) => {
            return tracing::info!(?other, "a client of another build was sent away");
        }
        // Someone looked whether we are there.
        Err(WireError::Closed) => return,
        Err(error) => {
            return tracing::warn!(%error, "a connection ended: what it sent is no greeting");
        }
    };
    let file = match &wish {
        Wish::Use { load, .. } => FileIdentity::of(&load.path).ok(),
        Wish::Stop | Wish::Status => None,
    };
    let (admitted, client) = bounded(1);
    let asked = hub.send(Incoming::Wish {
        wish,
        file,
        admitted,
        stream: copy,
    });
    // Whoever is no client has had its answer.
    let Some(client) = asked.ok().and_then(|()| client.recv().ok()) else {
        return;
    };
    let why = guest::read(stream, |command| {
        hub.send(Incoming::Command(client, command)).is_ok()
    });
    // Without a hub there is nobody to tell.
    let _ended = hub.send(Incoming::Gone(client, why));
}

#[cfg(test)]
mod tests;
