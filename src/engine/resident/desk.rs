//! Who asked for what: the hub's state, apart from its sockets and threads.
//!
//! Commands and events go in, and what is to be handed on comes out. Requests get ids of the
//! desk's own on their way to the engine, and their clients' back on the way up.

use std::collections::BTreeMap;

use super::address;
use super::terms::{FileIdentity, Refusal, Terms};
use crate::inference::{
    EngineCommand, EngineError, EngineEvent, LoadRequest, ModelInfo, RequestId, Sharing,
};
use crate::words::{Said, engine as words};

/// Deaths of the engine on its model after which the hub ends: its supervisor would load it no
/// more.
const MAX_DEATHS: u32 = 3;

/// A connected client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientId(pub u64);

/// How much the hub takes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub clients: u32,
    /// Requests that are open at a time, of all clients together.
    pub requests: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            clients: 16,
            requests: 64,
        }
    }
}

impl Limits {
    /// Requests of one client: a quarter, so that no one fills the queue alone.
    #[must_use]
    pub fn requests_each(self) -> u32 {
        (self.requests / 4).max(1)
    }
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Out {
    Client(ClientId, EngineEvent),
    Engine(EngineCommand),
    /// The client breaks the rules; why.
    Expel(ClientId, &'static str),
    /// The engine will not answer any more.
    End(EngineError),
}

#[derive(Debug, Default)]
struct Client {
    /// The id of its load, which is what its `Loading` and `Loaded` events carry.
    load: Option<RequestId>,
    /// Whether that load is not answered yet.
    loading: bool,
}

/// A request that the engine has not closed.
#[derive(Debug)]
struct Open {
    /// `None`: its client is gone, and it is being cancelled.
    client: Option<ClientId>,
    theirs: RequestId,
}

/// See the module's own text.
#[derive(Debug)]
pub struct Desk {
    terms: Terms,
    limits: Limits,
    clients: BTreeMap<ClientId, Client>,
    open: BTreeMap<RequestId, Open>,
    /// Once it is loaded.
    model: Option<Box<ModelInfo>>,
    /// What was said of it, for clients that come later.
    notices: Vec<Said>,
    engine: Option<u32>,
    next_client: u64,
    next_request: u64,
}

impl Desk {
    /// A desk whose engine is told to load what `terms` say, under their request's id.
    #[must_use]
    pub fn new(terms: Terms, limits: Limits) -> Self {
        Self {
            next_request: terms.load.request.0 + 1,
            terms,
            limits,
            clients: BTreeMap::new(),
            open: BTreeMap::new(),
            model: None,
            notices: Vec::new(),
            engine: None,
            next_client: 0,
        }
    }

    /// Lets a client in that wants this load, or says why not. `file` is what its path leads to.
    ///
    /// # Errors
    /// It wants another engine, or there are too many clients.
    pub fn admit(
        &mut self,
        wanted: &LoadRequest,
        file: Option<FileIdentity>,
        sandbox: bool,
    ) -> Result<ClientId, Refusal> {
        if let Some(refusal) = self.terms.refuse(wanted, file, sandbox) {
            return Err(refusal);
        }
        if self.clients() >= self.limits.clients {
            let reason = Said::new(|| words::too_many_clients(self.limits.clients));
            return Err(Refusal::avoidable(reason));
        }
        let id = ClientId(self.next_client);
        self.next_client += 1;
        self.clients.insert(id, Client::default());
        Ok(id)
    }

    /// Connected clients.
    #[must_use]
    pub fn clients(&self) -> u32 {
        self.clients.len() as u32
    }

    /// Requests that are computed or wait.
    #[must_use]
    pub fn requests(&self) -> u32 {
        self.open.len() as u32
    }

    /// The model, while it is loaded.
    #[must_use]
    pub fn model(&self) -> Option<&ModelInfo> {
        self.model.as_deref()
    }

    /// Whether nothing is computed, waits or is loaded.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.model.is_some() && self.open.is_empty()
    }

    /// Tells all clients how many they are, and whether anything is computed.
    #[must_use]
    pub fn tell_sharing(&mut self, engine: Option<u32>) -> Vec<Out> {
        self.engine = engine;
        let sharing = self.sharing();
        let tell = |id: &ClientId| Out::Client(*id, EngineEvent::Shared(sharing));
        self.clients.keys().map(tell).collect()
    }

    fn sharing(&self) -> Sharing {
        Sharing {
            clients: self.clients(),
            engine: self.engine,
            is_busy: !self.is_idle(),
        }
    }

    /// What a client sends.
    #[must_use]
    pub fn command(&mut self, from: ClientId, command: EngineCommand) -> Vec<Out> {
        let Some(client) = self.clients.get(&from) else {
            return Vec::new();
        };
        let loads = client.load;
        let theirs = match command {
            EngineCommand::Load(load) => return self.load(from, &load),
            EngineCommand::Cancel(theirs) => return self.cancel(from, theirs),
            EngineCommand::Bench(_) | EngineCommand::Compare(_) | EngineCommand::Quantize(_) => {
                let Some(request) = command.request() else {
                    return Vec::new();
                };
                return vec![refused(from, request, words::OTHERS_COMPUTE.into())];
            }
            ref other => match other.request() {
                Some(request) => request,
                None => return Vec::new(),
            },
        };
        if loads.is_none() {
            let error = EngineError::NoModel;
            return vec![failed(from, theirs, error)];
        }
        let mut of_client = 0;
        for open in self.open.values().filter(|it| it.client == Some(from)) {
            if open.theirs == theirs {
                return vec![Out::Expel(from, "it used the id of an open request again")];
            }
            of_client += 1;
        }
        if self.requests() >= self.limits.requests {
            let reason = Said::new(|| words::too_many_requests(self.limits.requests));
            return vec![refused(from, theirs, reason)];
        }
        if of_client >= self.limits.requests_each() {
            let reason = Said::new(|| words::too_many_of_one(self.limits.requests_each()));
            return vec![refused(from, theirs, reason)];
        }
        let ours = RequestId(self.next_request);
        self.next_request += 1;
        let open = Open {
            client: Some(from),
            theirs,
        };
        self.open.insert(ours, open);
        let mut command = command;
        *address::of_command(&mut command) = ours;
        vec![Out::Engine(command)]
    }

    fn load(&mut self, from: ClientId, load: &LoadRequest) -> Vec<Out> {
        let Some(client) = self.clients.get_mut(&from) else {
            return Vec::new();
        };
        // It said in its greeting what it would load; this is the same, or a mistake.
        if client.load.is_some_and(|earlier| earlier != load.request) {
            return vec![Out::Expel(from, "it loads a second time")];
        }
        client.load = Some(load.request);
        client.loading = self.model.is_none();
        let sharing = EngineEvent::Shared(self.sharing());
        let mut out = vec![Out::Client(from, sharing)];
        if let Some(model) = &self.model {
            let notice = |text: &Said| EngineEvent::Notice {
                request: None,
                text: text.clone(),
            };
            let notices = self.notices.iter().map(notice);
            out.extend(notices.map(|event| Out::Client(from, event)));
            let model = Box::new(ModelInfo {
                path: load.path.clone(),
                load_ms: 0.0,
                ..model.as_ref().clone()
            });
            let request = load.request;
            out.push(Out::Client(from, EngineEvent::Loaded { request, model }));
        }
        out
    }

    fn cancel(&self, from: ClientId, theirs: RequestId) -> Vec<Out> {
        let ours = self
            .open
            .iter()
            .find(|(_, open)| open.client == Some(from) && open.theirs == theirs);
        // Cancelling what is over is no mistake; a load belongs to all and goes on.
        ours.map(|(id, _)| Out::Engine(EngineCommand::Cancel(*id)))
            .into_iter()
            .collect()
    }

    /// A client is gone: its requests are cancelled, and end when the engine says so.
    #[must_use]
    pub fn leave(&mut self, client: ClientId) -> Vec<Out> {
        if self.clients.remove(&client).is_none() {
            return Vec::new();
        }
        let mut out = Vec::new();
        for (ours, open) in &mut self.open {
            if open.client == Some(client) {
                open.client = None;
                out.push(Out::Engine(EngineCommand::Cancel(*ours)));
            }
        }
        out
    }

    /// What the engine says.
    #[must_use]
    pub fn event(&mut self, mut event: EngineEvent) -> Vec<Out> {
        let Some(ours) = event.request() else {
            return self.broadcast(&event);
        };
        if ours == self.terms.load.request {
            return self.loads(event);
        }
        let closing = event.is_closing();
        let Some(open) = self.open.get(&ours) else {
            return Vec::new();
        };
        let (client, theirs) = (open.client, open.theirs);
        if closing {
            self.open.remove(&ours);
        }
        address::event(&mut event, theirs);
        client
            .map(|client| Out::Client(client, event))
            .into_iter()
            .collect()
    }

    /// Events of the engine's own load: the first one, or after a death.
    fn loads(&mut self, event: EngineEvent) -> Vec<Out> {
        match &event {
            EngineEvent::Loading { .. } => self.model = None,
            EngineEvent::Loaded { model, .. } => self.model = Some(model.clone()),
            _ => {}
        }
        let mut out = Vec::new();
        for (id, client) in &mut self.clients {
            let waits = self.open.values().any(|open| open.client == Some(*id));
            let Some(load) = client.load.filter(|_| client.loading || waits) else {
                continue;
            };
            if event.is_closing() {
                client.loading = false;
            }
            let mut event = event.clone();
            address::event(&mut event, load);
            out.push(Out::Client(*id, event));
        }
        if let EngineEvent::Failed { error, .. } = event {
            out.push(Out::End(error));
        }
        out
    }

    /// Events of no request: the context belongs to all, a notice tells all of the model, and a
    /// death concerns those who wait for something.
    fn broadcast(&mut self, event: &EngineEvent) -> Vec<Out> {
        let waiting = |id: &ClientId, client: &Client, open: &BTreeMap<RequestId, Open>| {
            client.loading || open.values().any(|open| open.client == Some(*id))
        };
        let concerned: Vec<ClientId> = match event {
            EngineEvent::ContextGrown { size } => {
                if let Some(model) = &mut self.model {
                    model.context_size = *size;
                }
                self.clients.keys().copied().collect()
            }
            EngineEvent::Notice { text, .. } => {
                self.notices.push(text.clone());
                let loads = |client: &Client| client.load.is_some();
                let users = self.clients.iter().filter(|(_, client)| loads(client));
                users.map(|(id, _)| *id).collect()
            }
            _ => self
                .clients
                .iter()
                .filter(|(id, client)| waiting(id, client, &self.open))
                .map(|(id, _)| *id)
                .collect(),
        };
        let mut end = None;
        if let EngineEvent::Exited(exit) = event {
            self.open.clear();
            self.notices.clear();
            for client in self.clients.values_mut() {
                client.loading = false;
            }
            if exit.deaths >= MAX_DEATHS || self.model.is_none() {
                end = Some(Out::End(EngineError::Died(exit.clone())));
            }
        }
        let tell = |id| Out::Client(id, event.clone());
        concerned.into_iter().map(tell).chain(end).collect()
    }
}

fn failed(client: ClientId, request: RequestId, error: EngineError) -> Out {
    let request = Some(request);
    Out::Client(client, EngineEvent::Failed { request, error })
}

fn refused(client: ClientId, request: RequestId, reason: Said) -> Out {
    failed(client, request, EngineError::Refused { reason })
}

#[cfg(test)]
pub(in crate::engine::resident) mod tests;
