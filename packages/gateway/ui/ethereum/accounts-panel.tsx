import { useState } from "preact/hooks";
import type { ChainView } from "../../src/console/live/view.ts";
import { shortHex } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { ApiError, sendJson } from "../shell/api.ts";
import { useLive } from "../shell/live-events.ts";
import { AddressLink, TransactionLink } from "./links.tsx";

/** The outcome of a transfer. */
type Outcome = { hash: string } | { problem: string } | "sending" | undefined;

/** The accounts of the setting ACCOUNTS or of the embedded chain, which can send their ether. */
export function AccountsPanel() {
  const chain = useLive("chain");
  const isReadOnly = useLive("about")?.isReadOnly ?? true;
  const [outcome, setOutcome] = useState<Outcome>();
  if (chain === undefined || chain.accounts.length === 0) return null;
  const { accounts, canSend } = chain;

  async function send(from: string, to: string): Promise<void> {
    setOutcome("sending");
    try {
      setOutcome(await sendJson<{ hash: string }>("POST", "transfers", { from, to }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setOutcome({ problem: error.message });
    }
  }

  return (
    <Panel title="Accounts">
      <ul class="eth-accounts">
        {accounts.map(({ address, ether }, index) => (
          <li key={address}>
            <AddressLink address={address} />
            <strong>{balanceText(ether)} ether</strong>
            {canSend && !isReadOnly && (
              <SendButton
                from={address}
                to={nextAccount(accounts, index)}
                isSending={outcome === "sending"}
                send={send}
              />
            )}
          </li>
        ))}
      </ul>
      {canSend && isReadOnly && (
        <p class="quiet">
          The console is read-only (<code>UI_READ_ONLY</code>), so it sends no ether.
        </p>
      )}
      <div role="status">
        <TransferOutcome outcome={outcome} />
      </div>
    </Panel>
  );
}

function SendButton({
  from,
  to,
  isSending,
  send,
}: {
  from: string;
  to: string | undefined;
  isSending: boolean;
  send: (from: string, to: string) => Promise<void>;
}) {
  if (to === undefined) return null;
  return (
    <button type="button" aria-disabled={isSending} onClick={() => !isSending && void send(from, to)}>
      Send 1 ether to {shortHex(to)}
    </button>
  );
}

function TransferOutcome({ outcome }: { outcome: Outcome }) {
  if (outcome === undefined) return null;
  if (outcome === "sending") return <p>Sending …</p>;
  if ("problem" in outcome) return <p class="bad">Not sent: {outcome.problem}</p>;
  return (
    <p>
      Sent; the next block has it: <TransactionLink hash={outcome.hash} />
    </p>
  );
}

function nextAccount(accounts: ChainView["accounts"], index: number): string | undefined {
  return accounts.length < 2 ? undefined : accounts[(index + 1) % accounts.length]!.address;
}

/** Truncates to six decimals, because a transfer also costs some gas. */
function balanceText(ether: string): string {
  const [whole = "", fraction = ""] = ether.split(".");
  const shown = fraction.slice(0, 6).replace(/0+$/, "");
  return shown === "" ? whole : `${whole}.${shown}`;
}
