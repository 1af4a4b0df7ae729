import type { LogView } from "../../src/console/ethereum/view.ts";
import { countText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { Facts } from "./facts.tsx";
import { HexData } from "./hex-data.tsx";
import { AddressLink } from "./links.tsx";

/** The logs of a transaction, with the names of common events. */
export function LogsPanel({ logs }: { logs: readonly LogView[] }) {
  return (
    <Panel title={`Logs (${countText(logs.length)})`}>
      {logs.length === 0 ? (
        <p class="quiet">The transaction logged nothing.</p>
      ) : (
        <ol class="eth-logs">
          {logs.map(({ index, address, topics, data, event }) => (
            <li key={index}>
              <h3>
                Log {index}
                {event !== null && `: ${event}`}
              </h3>
              <Facts
                facts={[
                  ["Contract", <AddressLink key="contract" address={address} />],
                  [
                    "Topics",
                    topics.map((topic, topicIndex) => (
                      <div key={topicIndex}>
                        <code>{topic}</code>
                      </div>
                    )),
                  ],
                  ["Data", <HexData key="data" label="Data" hex={data} />],
                ]}
              />
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
