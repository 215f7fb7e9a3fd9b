//! A talk: a room in a closed loop with some deaf clients in it, measured from outside over a window.

use crate::connection::{Audience, Ending};
use crate::deaf::Deaf;
use crate::frame::{self, Opcode};
use crate::message::MESSAGE_BYTES_MIN;
use crate::process::Process;
use crate::progress::Progress;
use crate::report::{Report, Value};
use crate::room::Room;
use crate::swarm::Swarm;
use crate::target::Target;
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

/// What a talk is made of.
#[derive(Debug, Args)]
pub(crate) struct Plan {
    /// The room's address
    #[arg(long, default_value = "ws://127.0.0.1:8080/ws")]
    url: String,

    /// Clients that listen
    #[arg(long, default_value_t = 1000)]
    clients: usize,

    /// Messages in flight in all: so many of the clients send, each when it has heard its own last message
    #[arg(long, default_value_t = 10, value_name = "MESSAGES")]
    in_flight: usize,

    /// Size of a message
    #[arg(long, default_value_t = 64, value_name = "BYTES")]
    size: usize,

    /// Length of the measured window
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,

    /// Talk before the window
    #[arg(long, default_value_t = 1.0, value_name = "SECONDS")]
    warmup: f64,

    /// Clients that only listen are read so often; 0 reads them at once, and costs much more CPU time
    #[arg(long, default_value_t = 20, value_name = "MILLISECONDS")]
    patience: u64,

    /// The server's process, for its CPU time and memory
    #[arg(long)]
    pid: Option<u32>,
}

impl Plan {
    fn check(&self) -> Result<()> {
        ensure!(
            (1..=self.clients).contains(&self.in_flight),
            "--in-flight is from 1 to the number of --clients"
        );
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

/// Everybody in the room.
#[derive(Debug)]
struct Crowd {
    room: Room,
    deaf: Deaf,
}

impl Audience for Crowd {
    #[inline]
    fn hears(&mut self, id: usize, part: &[u8], last: bool, outbox: &mut Vec<u8>) {
        self.room.hears(id, part, last, outbox);
    }

    fn loses(&mut self, id: usize, ending: &Ending) {
        if id < self.deaf.first_id {
            self.room.loses(id, ending);
        } else {
            self.deaf.loses(ending);
        }
    }
}

/// Counters at one edge of the window.
#[derive(Debug)]
struct Edge {
    at: Instant,
    server_cpu: Option<Duration>,
    own_cpu: Duration,
    deliveries: u64,
    messages: u64,
    frames: u64,
}

impl Edge {
    fn now(room: &Room, server: Option<&Process>) -> Result<Self> {
        Ok(Self {
            server_cpu: server.map(Process::cpu).transpose()?,
            own_cpu: Process::this().cpu()?,
            deliveries: room.deliveries(),
            messages: room.messages(),
            frames: room.frames(),
            at: Instant::now(),
        })
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
    /// Gathers the clients and `deaf` more that never read, lets them talk, and closes all connections.
    pub(crate) fn hold(plan: &Plan, deaf: usize) -> Result<Self> {
        plan.check()?;
        let server = plan.pid.map(Process::new).transpose()?;
        let mut progress = Progress::new();
        let mut swarm = Swarm::new(Target::parse(&plan.url)?)?;
        let mut crowd = Crowd {
            room: Room::new(plan.clients, plan.in_flight, plan.size),
            deaf: Deaf::new(deaf, plan.clients),
        };
        swarm.gather(plan.clients, false, &mut crowd, &mut progress)?;
        swarm.gather(deaf, true, &mut crowd, &mut progress)?;
        swarm.linger(Instant::now() + JOIN_WAIT, &mut crowd)?;

        swarm.listen(plan.in_flight, Duration::from_millis(plan.patience))?;
        let mut watch = Watch::begin(server.as_ref())?;
        crowd.deaf.begin();
        for sender in 0..crowd.room.senders() {
            swarm.send(sender, |outbox| crowd.room.begin(sender, outbox));
        }
        let window_begins = Instant::now() + Duration::from_secs_f64(plan.warmup);
        watch.until(window_begins, &mut swarm, &mut crowd, &mut progress)?;
        crowd.room.begin_round_trips();
        let from = Edge::now(&crowd.room, server.as_ref())?;
        let window_ends = from.at + Duration::from_secs_f64(plan.seconds);
        watch.until(window_ends, &mut swarm, &mut crowd, &mut progress)?;
        let to = Edge::now(&crowd.room, server.as_ref())?;
        let memory = watch.end()?;

        crowd.room.hush();
        let deadline = Instant::now() + DRAIN_WAIT;
        while !crowd.room.is_quiet() && Instant::now() < deadline {
            swarm.turn(WAIT, &mut crowd)?;
        }
        if deaf > 0 {
            crowd.deaf.cure();
            swarm.cure()?;
            swarm.linger(Instant::now() + CURE_WAIT, &mut crowd)?;
        }
        if to.deliveries == from.deliveries && crowd.room.cuts().count == 0 {
            bail!("nobody heard anything; is {} a chat room that speaks plain lines?", plan.url);
        }
        swarm.leave(&mut progress)?;
        Ok(Self { crowd, from, to, memory })
    }

    /// Adds the talk's figures to `report`.
    pub(crate) fn report(&self, plan: &Plan, report: &mut Report) {
        let Self { crowd: Crowd { room, .. }, from, to, memory } = self;
        let seconds = (to.at - from.at).as_secs_f64();
        let deliveries = (to.deliveries - from.deliveries) as f64;
        let messages = (to.messages - from.messages) as f64;
        let frames = to.frames - from.frames;
        let micros_each = |cpu: Duration| cpu.as_secs_f64() * 1e6 / deliveries;
        let percent = |cpu: Duration| 100.0 * cpu.as_secs_f64() / seconds;
        let server_cpu = from.server_cpu.zip(to.server_cpu).map(|(from, to)| to - from);
        let own_cpu = to.own_cpu - from.own_cpu;

        report.row("clients", "clients", plan.clients);
        report.row("in_flight", "messages in flight", plan.in_flight);
        report.row("size", "bytes a message", plan.size);
        report.row("seconds", "seconds measured", seconds);
        report.row("deliveries_per_second", "deliveries a second", deliveries / seconds);
        report.row("messages_per_second", "messages a second", messages / seconds);
        report.row("deliveries", "deliveries, warm-up and end included", room.deliveries());
        report.row("frames", "frames received", frames);
        report.row("messages_per_frame", "messages a frame", deliveries / frames as f64);
        report.row("round_trip_p50_us", "round trip, median, us", room.round_trip_micros(0.5));
        report.row("round_trip_p99_us", "round trip, 99th percentile, us", room.round_trip_micros(0.99));
        report.row("server_us_per_delivery", "server CPU for each delivery, us", server_cpu.map(micros_each));
        report.row("server_cpu_percent", "server CPU, % of a core", server_cpu.map(percent));
        report.row("server_rss_bytes", "server memory, bytes", memory.map(|memory| memory.after_bytes));
        report.row("load_us_per_delivery", "own CPU for each delivery, us", micros_each(own_cpu));
        report.row("load_cpu_percent", "own CPU, % of a core", percent(own_cpu));

        let (cuts, faults) = (room.cuts(), room.faults());
        report.row("cut", "clients cut off", cuts.count);
        report.row("cut_codes", "  their close codes", Value::Codes(cuts.codes.clone()));
        report.fault("missing", "messages missing", faults.missing);
        report.fault("doubled", "messages doubled", faults.doubled);
        report.fault("late", "messages late", faults.late);
        report.fault("foreign", "messages nobody sent", faults.foreign);
        report.fault("other_order", "clients that heard another order", faults.other_order);
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
            swarm.turn(WAIT.min(deadline - now), crowd)?;
            crowd.room.forget();
            if now >= self.due {
                self.due = now + LOOK_PERIOD;
                self.look()?;
                // A pong that nobody asked for changes nothing, but it makes the kernel of a server that
                // has given a client up say so; the end of the stream is stuck behind what is not read.
                for id in crowd.deaf.first_id..crowd.deaf.first_id + crowd.deaf.count {
                    swarm.send(id, |outbox| frame::push(outbox, Opcode::Pong, &[]));
                }
                progress.say(|| {
                    let (messages, cut) = (crowd.room.messages(), crowd.room.cuts().count);
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
