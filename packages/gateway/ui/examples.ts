/** A call to try. */
export interface Example {
  label: string;
  method: "GET" | "POST";
  /** Path and query below the function's URL, such as `?block=1`. */
  query: string;
  body: string;
}

const post = (label: string, body: string, query = ""): Example => ({ label, method: "POST", query, body });
const get = (label: string, query: string): Example => ({ label, method: "GET", query, body: "" });

const sentiment = [
  post("A text", "People are kind"),
  post(
    "Two sentences, each by itself",
    "The coffee was great. The queue was terribly long.",
    "?detail=sentences",
  ),
  post("A batch", '["I love it","It is a table","What a horrible day"]'),
  post("Another engine", "I love this wonderful platform", "?engine=afinn"),
  post("Nothing: a 4xx says what is wrong", ""),
];

const tweet = {
  text: "Kubernetes is easy",
  created_at: "Wed Oct 10 20:19:24 +0000 2018",
  user: { screen_name: "ada", name: "Ada" },
};

/** What a function's form offers; a function that is not known here gets an empty call. */
export function examplesOf(name: string): readonly Example[] {
  return known[name] ?? [get("An empty call", ""), post("A body", "")];
}

const known: Readonly<Record<string, readonly Example[]>> = {
  sentiment,
  sentimentanalysis: sentiment,
  "last-block": [
    get("The latest block", ""),
    get("Block 1 with its transactions", "?block=1&transactions=full"),
    get("Some fields", "?fields=number,hash,timestamp"),
    get("The last five headers", "?count=5"),
    get("No such block: a 4xx says what is wrong", "?block=999999999"),
  ],
  "tweet-enrich": [
    post("A tweet", JSON.stringify(tweet)),
    post("A text alone", JSON.stringify("What a wonderful morning, everything works at once")),
    post(
      "A batch; one of them is none",
      JSON.stringify([{ ...tweet, text: "A lovely release, not a single bug" }, { id: 7 }]),
    ),
    post(
      "A Mastodon post",
      JSON.stringify({
        uri: "https://social.example/@grace/1",
        content: "<p>The new dashboard is <strong>really</strong> beautiful</p>",
        created_at: "2026-01-01T12:00:00Z",
        account: { acct: "grace", display_name: "Grace" },
      }),
    ),
  ],
};
