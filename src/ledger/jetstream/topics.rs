//! Topics: what machines say to each other beside the order, by NATS itself. One task has it all, so that what is said after a topic is
//! heard goes out after the subscription.

use std::collections::HashMap;

use async_nats::Client;
use bytes::Bytes;
use futures_util::StreamExt;
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;
use tokio::task::JoinSet;

use crate::base::limits::{TOPIC_TAG_BYTES, TOPICS_WAITING};
use crate::ledger::engine::HearTopic;

/// The way to the task.
#[derive(Debug)]
pub(super) struct Topics(mpsc::Sender<Task>);

enum Task {
    Say {
        subject: String,
        said: Bytes,
    },
    /// To be told what is said, or no more.
    Hear {
        subject: String,
        heard: Option<HearTopic>,
    },
}

impl Topics {
    /// Starts the task, which ends with the last way to it. What begins with the tag is this machine's own.
    pub(super) fn start(client: Client, tag: [u8; TOPIC_TAG_BYTES]) -> Self {
        let (to, tasks) = mpsc::channel(TOPICS_WAITING);
        tokio::spawn(run(client, tag, tasks));
        Self(to)
    }

    pub(super) fn say(&self, subject: String, said: Bytes) {
        let _ = self.0.try_send(Task::Say { subject, said }); // What is too much is lost.
    }

    pub(super) fn hear(&self, subject: String, heard: Option<HearTopic>, runtime: &tokio::runtime::Handle) {
        if let Err(TrySendError::Full(task)) = self.0.try_send(Task::Hear { subject, heard }) {
            let to = self.0.clone();
            runtime.spawn(async move { to.send(task).await });
        }
    }
}

async fn run(client: Client, own: [u8; TOPIC_TAG_BYTES], mut tasks: mpsc::Receiver<Task>) {
    // All of them end with this.
    let mut listeners = JoinSet::new();
    let mut topics = HashMap::new();
    while let Some(task) = tasks.recv().await {
        match task {
            Task::Say { subject, said } => drop(client.publish(subject, said).await), // It may be lost.
            Task::Hear { subject, heard: None } => {
                topics.remove(&subject).inspect(tokio::task::AbortHandle::abort);
                while listeners.try_join_next().is_some() {}
            }
            Task::Hear { subject, heard: Some(heard) } => {
                let Ok(mut said) = client.subscribe(subject.clone()).await else { continue };
                let listener = listeners.spawn(async move {
                    while let Some(message) = said.next().await {
                        if let Some((tag, said)) = message.payload.split_first_chunk()
                            && *tag != own
                        {
                            heard(said);
                        }
                    }
                });
                topics.insert(subject, listener).inspect(tokio::task::AbortHandle::abort);
            }
        }
    }
}
