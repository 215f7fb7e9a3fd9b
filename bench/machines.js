// What several machines cost beside one alone, by turns in one run, with the same client.
//
//   node bench/machines.js [receipts] [ROUNDS] [SECONDS]   a receipt, with 1, 16, 256 and 1,024 messages of 100 bytes on their way
//   node bench/machines.js delivery [ROUNDS] [SECONDS]     processor time for a delivery: 600 readers, 20 messages a second
//   node bench/machines.js catch-up [ROUNDS] [RECORDS]     time until an empty machine is ready that is so many records behind (100,000)
//
// Uses target/release/chinwag (or CHINWAG) and the nats-server that `bin/test unit` or `bin/cluster` has installed (or NATS_SERVER), which
// syncs each message. The machine's load average is told before and after.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

const measures = { receipts, delivery, 'catch-up': catchUp };
const args = process.argv.slice(2);
const measure = measures[args[0] ?? 'receipts'] ? (args.shift() ?? 'receipts') : 'receipts';
const [rounds, amount] = args.map(Number);
const target = process.env.CARGO_TARGET_DIR ?? 'target';
const program = process.env.CHINWAG ?? join(target, 'release/chinwag');
const folder = mkdtempSync(join(tmpdir(), 'chinwag-machines-'));
const NATS = 24222;
const children = [];

function start(file, ...options) {
  const child = spawn(file, options, { stdio: 'ignore' });
  children.push(child);
  return child;
}

/** A machine of the chat, or one alone; its port for whoever runs it is a thousand higher. */
function machine(port, name, isMember) {
  const nats = isMember ? ['--nats', `nats://127.0.0.1:${NATS}`] : [];
  return start(program, '--addr', `127.0.0.1:${port}`, '--admin-addr', `127.0.0.1:${port + 1000}`, '--data', join(folder, name),
    '--message-rate', 'off', ...nats);
}

const status = (url) =>
  new Promise((done) => get(url, (answer) => answer.resume().on('end', () => done(answer.statusCode))).on('error', () => done(0)));

async function ready(port) {
  while ((await status(`http://127.0.0.1:${port + 1000}/readyz`)) !== 200) await sleep(20);
}

/** Processor time of a process, in seconds: ticks of 10 ms (proc(5), fields 14 and 15). */
function cpu({ pid }) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** A client in the lobby, and what it is told. */
function client(port, name, told) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, 'chinwag.v1', { perMessageDeflate: false });
  socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', name, rooms: { lobby: {} } })));
  socket.on('message', (data) => told(String(data)));
  return socket;
}

/** Says messages, so many at once, for some seconds or until so many have a receipt. */
function say(port, open, seconds, most = Infinity) {
  return new Promise((done, fail) => {
    const run = Math.random().toString(36).slice(2);
    const sent = new Map();
    const times = [];
    let count = 0;
    const one = () => {
      if (count >= most) return;
      const cid = `${run}${count++}`;
      sent.set(cid, performance.now());
      socket.send(JSON.stringify({ type: 'say', room: 'lobby', cid, text: 'x'.repeat(100) }));
    };
    const end = () => {
      socket.terminate();
      times.sort((a, b) => a - b);
      done({ rate: times.length / seconds, p50: times[times.length >> 1], p99: times[Math.floor(times.length * 0.99)] });
    };
    const socket = client(port, run, (data) => {
      for (const line of data.split('\n')) {
        if (line.startsWith('{"type":"caught_up"')) {
          for (let i = 0; i < open; i++) one();
          if (most === Infinity) setTimeout(end, seconds * 1000);
        } else if (line.startsWith('{"type":"receipt"')) {
          const { cid } = JSON.parse(line);
          times.push(performance.now() - sent.get(cid));
          sent.delete(cid);
          if (times.length === most) end();
          one();
        } else if (line.startsWith('{"type":"error"')) {
          fail(new Error(line));
        }
      }
    });
    socket.on('error', fail);
  });
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** How much the stream has. */
function extent() {
  const told = execFileSync(program, ['cluster', 'status', '--nats', `nats://127.0.0.1:${NATS}`], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [, last, bytes] = /to (\d+), (\d+) bytes/.exec(String(told));
  return { last: Number(last), bytes: Number(bytes) };
}

async function receipts(turns = 3, seconds = 4) {
  machine(28081, 'alone', false);
  machine(28082, 'member', true);
  await Promise.all([ready(28081), ready(28082)]);
  console.log(`Medians of ${turns} rounds of ${seconds} s: one machine alone, and one of several on a nats-server beside it.`);
  for (const open of [1, 16, 256, 1024]) {
    const all = { alone: [], member: [] };
    for (let round = 0; round < turns; round++) {
      all.alone.push(await say(28081, open, seconds));
      all.member.push(await say(28082, open, seconds));
    }
    const ratios = all.member.map(({ rate }, round) => (100 * rate) / all.alone[round].rate);
    const of = (name, what) => median(all[name].map((round) => round[what]));
    const words = (name) => `${of(name, 'rate').toFixed(0)} msg/s, p50 ${of(name, 'p50').toFixed(2)} ms, p99 ${of(name, 'p99').toFixed(1)} ms`;
    console.log(`${open} open: alone ${words('alone')}; member ${words('member')}; ${median(ratios).toFixed(0)} %`);
  }
}

async function delivery(turns = 3, seconds = 5) {
  const [readers, period] = [600, 50];
  const alone = machine(28081, 'alone', false);
  const members = [machine(28082, 'one', true), machine(28083, 'two', true)];
  await Promise.all([28081, 28082, 28083].map(ready));
  // Who hears, at which ports; whose time is counted.
  const ways = { alone: [[28081], [alone]], 'one of several': [[28082], members], 'two of several': [[28082, 28083], members] };
  const all = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  for (let round = 0; round < turns; round++) {
    for (const [way, [ports, processes]] of Object.entries(ways)) {
      let [heard, there] = [0, 0];
      const sockets = [];
      for (let n = 0; n < readers; n++) {
        sockets.push(client(ports[n % ports.length], `reader ${n}`, (data) => {
          for (const line of data.split('\n')) {
            if (line.startsWith('{"type":"message"')) heard++;
            if (line.startsWith('{"type":"caught_up"')) there++;
          }
        }));
      }
      const areThere = () => there >= readers;
      while (!areThere()) await sleep(50);
      await sleep(1000);
      const before = processes.map(cpu);
      heard = 0;
      let count = 0;
      const speaker = setInterval(() => {
        const cid = `${round}-${way.replaceAll(' ', '-')}-${count++}`;
        sockets[0].send(JSON.stringify({ type: 'say', room: 'lobby', cid, text: 'x'.repeat(100) }));
      }, period);
      await sleep(seconds * 1000);
      clearInterval(speaker);
      await sleep(500);
      const time = processes.reduce((sum, process, at) => sum + cpu(process) - before[at], 0);
      all[way].push((1e6 * time) / heard);
      sockets.forEach((socket) => socket.terminate());
      await sleep(500);
    }
  }
  console.log(`Processor time of the chat's machines for a delivery, ${readers} readers, ${1000 / period} messages a second; medians of ${turns}.`);
  for (const way of Object.keys(ways)) {
    const ratio = median(all[way].map((time, round) => time / all.alone[round]));
    console.log(`${way}: ${median(all[way]).toFixed(2)} us, ${ratio.toFixed(2)} of one alone`);
  }
}

async function catchUp(turns = 3, records = 100_000) {
  machine(28082, 'member', true);
  await ready(28082);
  await say(28082, 1024, 1, records);
  const times = [];
  const cpus = [];
  for (let round = 0; round < turns; round++) {
    const port = 28090 + round;
    const began = performance.now();
    const empty = machine(port, `empty-${round}`, true);
    await ready(port);
    times.push((performance.now() - began) / 1000);
    cpus.push(cpu(empty));
    empty.kill('SIGKILL');
  }
  const each = (1e6 * median(cpus)) / records;
  console.log(`An empty machine, ${records} records behind: ready after ${median(times).toFixed(1)} s (${times.map((time) => time.toFixed(1)).join(', ')}),`);
  console.log(`${each.toFixed(0)} us of the processor and ${(extent().bytes / records).toFixed(0)} bytes of the stream a record.`);
  const before = extent();
  await sleep(20_000);
  const after = extent();
  const [count, bytes] = [after.last - before.last, after.bytes - before.bytes];
  console.log(`A sign of life: ${(bytes / count).toFixed(0)} bytes of the stream (${count} of them).`);
}

try {
  const config = join(folder, 'nats.conf');
  writeFileSync(config, `listen: 127.0.0.1:${NATS}\njetstream { store_dir: "${folder}/nats", sync_interval: always }\n`);
  start(process.env.NATS_SERVER ?? join(target, 'tools/nats-server/bin/nats-server'), '-c', config);
  await sleep(1000);
  const load = () => loadavg().map((of) => of.toFixed(2)).join(' ');
  console.log(`load average before: ${load()}`);
  await measures[measure](rounds, amount);
  console.log(`load average after: ${load()}`);
} finally {
  children.forEach((child) => child.kill('SIGKILL'));
  await sleep(200);
  rmSync(folder, { recursive: true, force: true });
}
