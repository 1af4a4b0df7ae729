// Short texts that resemble tweets, generated only from the words below with a seeded generator. The same seed generates the
// same texts on every machine.

const split = (/** @type {string} */ words) => words.trim().split(/\s+/);

const SMALL = split(`
  the a an and of to in on for with at by from as it this that these those I you he she we they me him her us them my
  your his our their is are was were be been am do does did have has had will would can could should just so but or if
  when while because than then there here what who how all some any each every about after before into over up down out
  off again still only also too even now today tonight yesterday tomorrow
`);
const THINGS = split(`
  train station coffee morning phone battery screen update server meeting office weekend game team coach goal match
  season flight airport hotel room view breakfast lunch dinner pizza kitchen garden street city market price ticket
  queue driver bus road bridge river weather rain snow storm summer winter music album concert song band singer movie
  scene actor script book chapter author story teacher student exam project code compiler keyboard laptop camera photo
  video channel follower comment news paper election vote budget bank tax doctor hospital nurse patient dog cat neighbour
  friend brother sister mother father family child wedding party birthday gift shop customer service delivery package
`);
const ACTIONS = split(`
  go goes went going come came see saw seen watch watched make made take took taking give gave get got getting find found
  think thought know knew say said tell told ask asked try tried trying wait waited waiting leave left start started
  stop stopped play played win won lose lost buy bought sell sold read wrote write call called open opened close closed
  need needed want wanted keep kept turn turned run ran move moved live lived feel felt look looked seem seemed
`);
const FEELINGS = split(`
  good great nice amazing awesome wonderful happy lovely best better perfect beautiful brilliant excellent fantastic fun
  funny kind cool sweet warm fresh clean easy fast smart strong bright proud glad favorite incredible impressive bad
  terrible awful horrible worst worse sad ugly angry boring dull stupid poor cold dirty hard slow weak wrong sick tired
  annoying disappointing ridiculous crazy weird strange serious real true new old big small little long short late early
  full empty quiet loud free busy ready main whole other many more most much first last next same different
`);
const WEIGHTS = split(
  "very really so too quite pretty extremely absolutely totally not never no not hardly truly rather",
);
const CONTRACTIONS = split(
  "don't can't isn't it's I'm you're they've we'll didn't won't that's there's let's couldn't",
);
const EMOTICONS = split(":) :-) :D ;) :( :-( :/ :P <3 :o xD ^^ =)");
const TAGS = split("#monday #win #fail #love #news #travel #foodie #coding #sport #music #nowplaying #tbt");
const NAMES = split("@anna @tom_42 @the_shop @citynews @marc @lena_b @support @coach_k");
const LINKS = ["http://t.co/aB3xYz12", "https://t.co/9QkLm0PqRs", "https://example.org/news/2017/06"];
const ENDS = [".", ".", ".", ".", ".", "!", "!", "!!", "!!!", "?", "...", "...", "?!", " -", ":"];

/** The random generator mulberry32: numbers from 0 to below 1. */
function random(/** @type {number} */ seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Generates `count` texts of 100 to 280 characters.
 *
 * @param {number} count
 * @param {number} [seed]
 */
export function makeTexts(count, seed = 20170601) {
  const next = random(seed);
  const pick = (/** @type {string[]} */ list) => list[Math.floor(next() * list.length)];
  const capital = (/** @type {string} */ word) => word.charAt(0).toUpperCase() + word.slice(1);

  const makeWord = () => {
    const dice = next();
    if (dice < 0.42) return pick(SMALL);
    if (dice < 0.62) return pick(THINGS);
    if (dice < 0.76) return pick(ACTIONS);
    if (dice < 0.88) return pick(FEELINGS);
    if (dice < 0.91) return `${pick(WEIGHTS)} ${pick(FEELINGS)}`;
    if (dice < 0.94) return pick(CONTRACTIONS);
    if (dice < 0.96) return String(Math.floor(next() * 2000));
    if (dice < 0.97) return `"${pick(FEELINGS)}"`;
    return pick(next() < 0.5 ? TAGS : NAMES);
  };

  const makeSentence = () => {
    const words = Array.from({ length: 4 + Math.floor(next() * 12) }, makeWord);
    words[0] = next() < 0.05 ? words[0].toUpperCase() : capital(words[0]);
    const comma = Math.floor(next() * words.length * 2);
    return words.map((w, index) => (index === comma ? `${w},` : w)).join(" ") + pick(ENDS);
  };

  const makeText = () => {
    const wanted = 100 + Math.floor(next() * 181);
    const parts = next() < 0.2 ? [`RT ${pick(NAMES)}:`] : [];
    let length = 0;
    while (length < wanted) {
      const dice = next();
      const part = dice < 0.85 ? makeSentence() : pick(dice < 0.92 ? EMOTICONS : dice < 0.97 ? TAGS : LINKS);
      parts.push(part);
      length += part.length + 1;
    }
    return parts.join(" ").slice(0, wanted).trimEnd().padEnd(100, "!");
  };

  return Array.from({ length: count }, makeText);
}
