//! A talk: rooms in a closed or an open loop with some deaf clients in them, measured from outside over a window.

use crate::connection::{Audience, Ending, Part};
use crate::deaf::Deaf;
use crate::frame::{self, Opcode};
use crate::message::MESSAGE_BYTES_MIN;
use crate::process::{Process, Usage, packets_sent};
use crate::progress::Progress;
use crate::report::{Report, Value};
use crate::rooms::{Latencies, Rooms};
use crate::swarm::Swarm;
use crate::target::{Protocol, Site};
use anyhow::{Result, bail, ensure};
use clap::Args;
use std::time::{Duration, Instant};

/// After the last handshake: servers make a client a member a moment after they have answered it.
const JOIN_WAIT: Duration = Duration::from_millis(500);
/// After the last message was sent: all of it should have been heard by then.
const DRAIN_WAIT: Duration = Duration::from_secs(5);
/// The deaf read for so long at the end, to learn whether they were cut off.
const CURE_WAIT: Duration = Duration::from_secs(2);

/// Memory is looked at, and the deaf knock, this often.
const LOOK_PERIOD: Duration = Duration::from_millis(250);
const WAIT: Duration = Duration::from_millis(50);

/// A message must fit into a frame header of 16 bits many times over.
const MESSAGE_BYTES_MAX: usize = 16 * 1024;

/// What every talk is made of.
#[derive(Debug, Args)]
pub(crate) struct Plan {
    #[command(flatten)]
    pub(crate) site: Site,

    /// Clients that listen
    #[arg(long, default_value_t = 1000)]
    pub(crate) clients: usize,

    /// Size of a message's text
    #[arg(long, default_value_t = 64, value_name = "BYTES")]
    pub(crate) size: usize,

    /// Length of the measured window
    #[arg(long, default_value_t = 5.0)]
    pub(crate) seconds: f64,

    /// Talk before the window
    #[arg(long, default_value_t = 1.0, value_name = "SECONDS")]
    pub(crate) warmup: f64,

    /// The server's process, for its CPU time and memory
    #[arg(long)]
    pub(crate) pid: Option<u32>,
}

impl Plan {
    fn check(&self) -> Result<()> {
        let sizes = MESSAGE_BYTES_MIN..=MESSAGE_BYTES_MAX;
        ensure!(
            sizes.contains(&self.size),
            "--size is from {MESSAGE_BYTES_MIN} to {MESSAGE_BYTES_MAX} bytes"
        );
        ensure!(
            self.seconds > 0.0 && self.seconds < 86_400.0,
            "--seconds is more than 0 and less than a day"
        );
        ensure!((0.0..86_400.0).contains(&self.warmup), "--warmup is at least 0 and less than a day");
        Ok(())
    }
}

/// Who says what, and when.
#[derive(Debug)]
pub(crate) struct Pace {
    pub(crate) rooms: usize,
    /// So many of the clients send.
    pub(crate) senders: usize,
    pub(crate) speaks: Loop,
    /// Who only listens is read so often; zero: at once.
    pub(crate) patience: Duration,
    /// More clients, who never read.
    pub(crate) deaf: usize,
}

/// When a sender says its next message.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Loop {
    /// When it has heard one of its own: it has so many in flight.
    Closed { window: usize },
    /// When it is due: so many messages a second, of all senders together.
    Open { per_second: f64 },
}

/// Everybody there.
#[derive(Debug)]
struct Crowd {
    rooms: Rooms,
    deaf: Deaf,
}

impl Audience for Crowd {
    #[inline]
    fn hears(&mut self, id: usize, part: Part<'_>, outbox: &mut Vec<u8>) {
        self.rooms.hears(id, part, outbox);
    }

    fn loses(&mut self, id: usize, ending: &Ending) {
        if id < self.deaf.first_id {
            self.rooms.loses(id, ending);
        } else {
            self.deaf.loses(ending);
        }
    }
}

/// Counters at one edge of the window.
#[derive(Debug)]
struct Edge {
    usage: Usage,
    deliveries: u64,
    messages: u64,
    frames: u64,
    bytes: u64,
    packets: Option<u64>,
}

impl Edge {
    fn now(rooms: &Rooms, swarm: &Swarm, server: Option<&Process>) -> Result<Self> {
        let (deliveries, messages, frames) = (rooms.deliveries(), rooms.messages(), rooms.frames());
        let (bytes, packets) = (swarm.heard_bytes(), packets_sent());
        Ok(Self { deliveries, messages, frames, bytes, packets, usage: Usage::now(server)? })
    }
}

/// The server's resident memory: before anybody talked, and the most that was seen since.
#[derive(Debug, Clone, Copy)]
struct Memory {
    before_bytes: u64,
    peak_bytes: u64,
    after_bytes: u64,
}

/// A talk that was had.
#[derive(Debug)]
pub(crate) struct Talk {
    crowd: Crowd,
    from: Edge,
    to: Edge,
    memory: Option<Memory>,
}

impl Talk {
    /// Gathers the clients, lets them talk at this pace, and closes all connections.
    pub(crate) fn hold(plan: &Plan, pace: &Pace) -> Result<Self> {
        plan.check()?;
        let server = plan.pid.map(Process::new).transpose()?;
        let target = plan.site.target(pace.rooms)?;
        let mut progress = Progress::new();
        let mut crowd = Crowd {
            rooms: Rooms::new(&target, plan.clients, pace.senders, plan.size),
            deaf: Deaf::new(pace.deaf, plan.clients),
        };
        let mut swarm = Swarm::new(target)?;
        if let Loop::Open { .. } = pace.speaks {
            swarm.take_times();
        }
        swarm.gather(plan.clients, false, &mut crowd, &mut progress)?;
        swarm.gather(pace.deaf, true, &mut crowd, &mut progress)?;
        swarm.linger(Instant::now() + JOIN_WAIT, &mut crowd)?;

        // Senders are read at once: in a closed loop to go on; in an open one because a receipt and the message itself
        // come so soon after each other that they would have one time.
        swarm.listen(pace.senders, pace.patience)?;
        let mut watch = Watch::begin(server.as_ref())?;
        crowd.deaf.begin();
        match pace.speaks {
            Loop::Open { per_second } => crowd.rooms.keep_time(per_second),
            Loop::Closed { window } => (0..pace.senders)
                .for_each(|sender| swarm.send(sender, |outbox| crowd.rooms.begin(sender, window, outbox))),
        }
        let window_begins = Instant::now() + Duration::from_secs_f64(plan.warmup);
        watch.until(window_begins, &mut swarm, &mut crowd, &mut progress)?;
        crowd.rooms.begin_window();
        let from = Edge::now(&crowd.rooms, &swarm, server.as_ref())?;
        let window_ends = from.usage.at + Duration::from_secs_f64(plan.seconds);
        watch.until(window_ends, &mut swarm, &mut crowd, &mut progress)?;
        let to = Edge::now(&crowd.rooms, &swarm, server.as_ref())?;
        let memory = watch.end()?;

        crowd.rooms.hush();
        let deadline = Instant::now() + DRAIN_WAIT;
        while !crowd.rooms.is_quiet() && Instant::now() < deadline {
            swarm.turn(WAIT, &mut crowd)?;
        }
        if pace.deaf > 0 {
            crowd.deaf.cure();
            swarm.cure()?;
            swarm.linger(Instant::now() + CURE_WAIT, &mut crowd)?;
        }
        if to.deliveries == from.deliveries && crowd.rooms.cuts().count == 0 {
            let Site { url, protocol, .. } = &plan.site;
            bail!("nobody heard anything; is {url} a chat room that speaks {}?", protocol.name());
        }
        swarm.leave(&mut progress)?;
        Ok(Self { crowd, from, to, memory })
    }

    /// The latencies of what was said in the window.
    pub(crate) fn latencies(&self) -> &Latencies {
        self.crowd.rooms.latencies(0)
    }

    /// Adds what it cost and how much it was to `report`.
    pub(crate) fn report(&self, plan: &Plan, report: &mut Report) {
        let Self { crowd: Crowd { rooms, .. }, from, to, memory } = self;
        let spent = to.usage.since(&from.usage);
        let (deliveries, messages) = (to.deliveries - from.deliveries, to.messages - from.messages);
        let (frames, bytes) = (to.frames - from.frames, to.bytes - from.bytes);
        let packets = to.packets.zip(from.packets).map(|(to, from)| (to - from) as f64 / frames as f64);
        report.row("size", "bytes a message", plan.size);
        report.row("seconds", "seconds measured", spent.seconds);
        report.row("deliveries_per_second", "deliveries a second", deliveries as f64 / spent.seconds);
        report.row("messages_per_second", "messages a second", messages as f64 / spent.seconds);
        report.row("deliveries", "deliveries, warm-up and end included", rooms.deliveries());
        report.row("frames", "frames received", frames);
        report.row("messages_per_frame", "messages a frame", deliveries as f64 / frames as f64);
        report.row("bytes_per_frame", "bytes a frame, as it came", bytes as f64 / frames as f64);
        report.row("packets_per_frame", "packets sent on this machine for each frame", packets);
        report.spent("delivery", deliveries, &spent);
        report.row("server_rss_bytes", "server memory, bytes", memory.map(|memory| memory.after_bytes));
    }

    /// Adds what went wrong to `report`.
    pub(crate) fn report_faults(&self, plan: &Plan, report: &mut Report) {
        let rooms = &self.crowd.rooms;
        let (cuts, faults) = (rooms.cuts(), rooms.faults());
        report.row("cut", "clients cut off", cuts.count);
        report.row("cut_codes", "  their close codes", Value::Codes(cuts.codes.clone()));
        report.message_faults(&faults);
        if plan.site.protocol == Protocol::V1 {
            let (unanswered, wrong) = rooms.receipt_faults();
            report.fault("unanswered", "messages without a receipt", unanswered);
            report.fault("wrong_receipts", "wrong receipts", wrong);
            report.fault("refused", "messages refused", rooms.refused());
        }
        report.fault("violations", "clients that saw bad frames", cuts.violations);
        if let Some(violation) = cuts.first_violation {
            report.row("first_violation", "  the first one", violation);
        }
    }

    /// Adds what became of the deaf, and what they cost the server.
    pub(crate) fn report_deaf(&self, report: &mut Report) {
        let (deaf, memory) = (&self.crowd.deaf, self.memory);
        let (cut_in_time, longest) = deaf.cut_in_time();
        let grown =
            |bytes: fn(Memory) -> u64| memory.map(|memory| bytes(memory) as f64 - memory.before_bytes as f64);
        report.row("slow", "clients that never read", deaf.count);
        report.row("slow_cut", "  cut off, as they found when they read", deaf.cuts().count);
        report.row("slow_cut_codes", "  their close codes", Value::Codes(deaf.cuts().codes.clone()));
        report.row("slow_cut_in_time", "  cut off while the others talked", cut_in_time);
        report.row(
            "slow_cut_seconds",
            "  the last of these after, s",
            longest.map(|longest| longest.as_secs_f64()),
        );
        report.row(
            "server_rss_growth_bytes",
            "server memory grew by, bytes",
            grown(|memory| memory.after_bytes),
        );
        report.row(
            "server_rss_growth_peak_bytes",
            "  at its peak by, bytes",
            grown(|memory| memory.peak_bytes),
        );
    }
}

/// Looks at the server's memory and keeps the rest of a talk going.
#[derive(Debug)]
struct Watch<'a> {
    server: Option<&'a Process>,
    memory: Option<Memory>,
    due: Instant,
    began: Instant,
}

impl<'a> Watch<'a> {
    fn begin(server: Option<&'a Process>) -> Result<Self> {
        let bytes = server.map(Process::rss_bytes).transpose()?;
        let memory = bytes.map(|bytes| Memory { before_bytes: bytes, peak_bytes: bytes, after_bytes: bytes });
        let now = Instant::now();
        Ok(Self { server, memory, due: now + LOOK_PERIOD, began: now })
    }

    fn until(
        &mut self,
        deadline: Instant,
        swarm: &mut Swarm,
        crowd: &mut Crowd,
        progress: &mut Progress,
    ) -> Result<()> {
        loop {
            let now = Instant::now();
            if now >= deadline {
                return Ok(());
            }
            crowd.rooms.say_due(swarm);
            swarm.turn(crowd.rooms.wait(WAIT.min(deadline - now)), crowd)?;
            crowd.rooms.forget();
            if now >= self.due {
                self.due = now + LOOK_PERIOD;
                self.look()?;
                // A pong that nobody asked for changes nothing, but it makes the kernel of a server that
                // has given a client up say so; the end of the stream is stuck behind what is not read.
                for id in crowd.deaf.first_id..crowd.deaf.first_id + crowd.deaf.count {
                    swarm.send(id, |outbox| frame::push(outbox, Opcode::Pong, &[]));
                }
                progress.say(|| {
                    let (messages, cut) = (crowd.rooms.messages(), crowd.rooms.cuts().count);
                    format!(
                        "{:.1} s, {messages} messages, {cut} clients cut off",
                        self.began.elapsed().as_secs_f64()
                    )
                });
            }
        }
    }

    fn look(&mut self) -> Result<()> {
        if let (Some(server), Some(memory)) = (self.server, &mut self.memory) {
            memory.after_bytes = server.rss_bytes()?;
            memory.peak_bytes = memory.peak_bytes.max(memory.after_bytes);
        }
        Ok(())
    }

    fn end(mut self) -> Result<Option<Memory>> {
        self.look()?;
        Ok(self.memory)
    }
}
