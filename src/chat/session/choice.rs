//! An answer that is one of some labels: the likeliest, with what the model holds of each.

use super::Session;
use super::ask::{begin, end};
use crate::chat::{AnswerState, MessageId, RecordBody};
use crate::inference::{
    Classified, ClassifyRequest, ConversationKey, EngineCommand, ModelInfo, Role, StopReason,
};

impl Session {
    /// Gives the answer its place in the tree and has the labels weighed.
    pub(super) fn launch_choice(&mut self, question: MessageId, model: &ModelInfo) {
        let id = self.conversation.next_id();
        let sampling = self.sampling_for(Some(question));
        let records = vec![
            self.message(id, Some(question), Role::Assistant, Vec::new()),
            begin(id, model, sampling, 0, self.options.think),
        ];
        self.commit(records, false);
        self.stop_reconsidering();
        let request = self.request();
        self.wait_for(id, request);
        let classify = ClassifyRequest {
            request,
            prompt: self.prompt(Some(question), None),
            labels: self.labels_for(question),
            chat_template: self.options.chat_template.clone(),
            conversation: ConversationKey::new(self.conversation.id.0.clone()),
        };
        self.send(EngineCommand::Classify(Box::new(classify)));
    }

    pub(super) fn classified(&mut self, found: Classified) {
        let running = self
            .running
            .take_if(|running| running.request == found.request);
        let Some(message) = running.map(|running| running.message) else {
            return;
        };
        let label = found.labels.first().map_or("", |best| &best.label);
        let ended = AnswerState::Ended(StopReason::EndOfGeneration);
        let records = vec![
            RecordBody::Typed {
                message,
                content: label.as_bytes().to_vec(),
            },
            RecordBody::Labels {
                message,
                labels: found.labels,
            },
            end(message, &ended, Some(found.stats)),
        ];
        self.commit(records, true);
        self.last_stats = Some(found.stats);
        self.rest();
        self.send_queued();
    }
}
