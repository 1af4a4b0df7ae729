/**
 * TextBlob's emoticons by polarity; the subjectivity is always 1. If one emoticon is a prefix of another (`:o` and `:o)`), the
 * longer one wins.
 */
const BY_POLARITY: readonly (readonly [polarity: number, emoticons: string])[] = [
  [1, "<3 ♥"],
  [1, ">:D :-D :D =-D =D X-D x-D XD xD 8-D"],
  [0.75, ">:P :-P :P :-p :p :-b :b :c) :o) :^)"],
  [0.5, ">:) :-) :) =) =] :] :} :> :3 8) 8-)"],
  [0.25, ">;] ;-) ;) ;-] ;] ;D ;^) *-) *)"],
  [0.05, ">:o :-O :O :o :-o o_O o.O °O° °o°"],
  [-0.25, ">:/ :-/ :/ :\\ >:\\ :-. :-s :s :S :-S >.>"],
  [-0.75, ">:[ :-( :( =( :-[ :[ :{ :-< :c :-c =/"],
  [-1, ":'( :'''( ;'("],
];

/** The emoticons with their polarities. */
export const SPELLINGS: readonly (readonly [emoticon: string, polarity: number])[] = BY_POLARITY.flatMap(
  ([polarity, list]) => list.split(" ").map((emoticon) => [emoticon, polarity] as const),
);

/**
 * The polarity of each emoticon in lower case. Purely alphabetic emoticons (`XD`) are joined from separate tokens like the
 * others, but TextBlob never scores them.
 */
export const EMOTICONS: ReadonlyMap<string, number> = new Map(
  SPELLINGS.map(([emoticon, polarity]) => [emoticon.toLowerCase(), polarity] as const).filter(
    ([emoticon]) => !/^[a-z]+$/.test(emoticon),
  ),
);
