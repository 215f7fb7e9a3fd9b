/** A short soft sound, of two sine tones: no file, and nothing to wait for. */

/** E5 and A5. Hertz. */
const TONES = [659.25, 880];

/** From one tone to the next, until it is loud, and until it has died away. Seconds. */
const STEP = 0.11;
const ATTACK = 0.015;
const LENGTH = 0.6;

/** Loudness, as a share of the speaker's; and what nobody hears. */
const VOLUME = 0.12;
const SILENCE = 0.0001;

/** @type {AudioContext | undefined} */
let audio;

/** Sounds, if it may: a browser lets no page be loud that nobody has touched yet. */
export async function chime() {
  if (!window.AudioContext || navigator.userActivation?.hasBeenActive === false) return;
  audio ??= new AudioContext();
  await audio.resume();
  for (const [n, frequency] of TONES.entries()) {
    const at = audio.currentTime + n * STEP;
    const tone = new OscillatorNode(audio, { frequency });
    const loudness = new GainNode(audio, { gain: 0 });
    loudness.gain
      .setValueAtTime(SILENCE, at)
      .exponentialRampToValueAtTime(VOLUME, at + ATTACK)
      .exponentialRampToValueAtTime(SILENCE, at + LENGTH);
    tone.connect(loudness).connect(audio.destination);
    tone.start(at);
    tone.stop(at + LENGTH);
  }
}
