import type { BytesView, MessageView } from "../../src/console/topics/view.ts";
import { CopyButton } from "../parts/copyable.tsx";
import { apiUrl } from "../shell/api.ts";
import { viewUrl } from "../shell/router.ts";
import { multilineText, previewText, sizeText } from "./topic-texts.ts";

/** A message and its topic. */
interface MessageOptions {
  topic: string;
  message: MessageView;
  /** Whether this is the message's own page, which shows the first megabyte. */
  isWhole?: boolean;
}

/** The headers, key and value of a message. */
export function MessageContent({ topic, message, isWhole = false }: MessageOptions) {
  const { headers, key, partition, offset, problem, value } = message;
  const path = ["topics", topic, "messages", partition, offset];
  if (problem !== undefined)
    return (
      <p class="bad">
        The batch at offset {offset} cannot be read: {problem}. Later batches follow.
      </p>
    );
  return (
    <div class="topics-content">
      <Bytes name="Value" bytes={value} path={path} part="value" isWhole={isWhole} />
      {key !== null && <Bytes name="Key" bytes={key} path={path} part="key" isWhole={isWhole} />}
      {headers.length > 0 && (
        <section aria-label="Headers">
          <h3>Headers</h3>
          <dl class="topics-headers">
            {headers.map(([name, header], index) => (
              <div key={index}>
                <dt>{name}</dt>
                <dd>{previewText(header)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </div>
  );
}

function Bytes({
  name,
  bytes,
  path,
  part,
  isWhole,
}: {
  name: string;
  bytes: BytesView | null;
  path: readonly (string | number)[];
  part: "key" | "value";
  isWhole: boolean;
}) {
  if (bytes === null)
    return (
      <section aria-label={name}>
        <h3>{name}</h3>
        <p class="quiet">None: a tombstone, which compaction takes as the deletion of the key.</p>
      </section>
    );
  const text = multilineText(bytes);
  const download = apiUrl([...path, part].map(encodeURIComponent).join("/")).href;
  return (
    <section aria-label={name}>
      <div class="topics-bytes">
        <h3>{name}</h3>
        <span class="quiet">
          {sizeText(bytes)}
          {bytes.encoding === "hex" && ", binary"}
        </span>
        <CopyButton text={text} />
        {bytes.isCut && !isWhole && <a href={viewUrl(path)}>Load whole</a>}
        <a href={download} download>
          Download
        </a>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long value scrolls, and the keyboard must reach it */}
      <pre tabIndex={0}>{bytes.bytes === 0 ? "(empty)" : text}</pre>
    </section>
  );
}
