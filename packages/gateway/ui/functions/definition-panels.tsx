import type { ComponentChildren } from "preact";
import type { EnvironmentVariable, FunctionDetail } from "../../src/console/functions/view.ts";
import { Copyable } from "../parts/copyable.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Panel } from "../parts/panel.tsx";
import { RelativeTime } from "../parts/relative-time.tsx";

/** The definition of a function. */
export function DefinitionPanels({ detail }: { detail: FunctionDetail }) {
  const { image, namespace, createdAt, requests, limits, constraints, readOnlyRootFilesystem } = detail;
  const { environment, secrets, annotations, labels } = detail;
  return (
    <div class="grid">
      <Panel title="Deployment">
        <dl class="functions-facts">
          <Fact name="Image">
            <Copyable text={image} />
          </Fact>
          <Fact name="Namespace">{namespace}</Fact>
          <Fact name="Deployed">
            <RelativeTime time={createdAt} />
          </Fact>
          <Fact name="Requests">{resourceText(requests)}</Fact>
          <Fact name="Limits">{resourceText(limits)}</Fact>
          <Fact name="Nodes">{constraints.length === 0 ? "any" : constraints.join(", ")}</Fact>
          <Fact name="Root file system">{readOnlyRootFilesystem ? "read-only" : "writable"}</Fact>
          <Fact name="Secrets">{secrets.length === 0 ? "none" : secrets.join(", ")}</Fact>
        </dl>
      </Panel>
      <Panel title="Environment" tools={<p class="quiet">Values that look like secrets are hidden.</p>}>
        <Texts caption="Environment" rows={environment.map(toRow)} />
      </Panel>
      <Panel title="Annotations">
        <Texts caption="Annotations" rows={toRows(annotations)} />
      </Panel>
      <Panel title="Labels">
        <Texts caption="Labels" rows={toRows(labels)} />
      </Panel>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function resourceText(resources: Readonly<Record<string, string>>): string {
  const parts = Object.entries(resources).map(([name, amount]) => `${name} ${amount}`);
  return parts.length === 0 ? "none" : parts.join(", ");
}

interface TextRow {
  name: string;
  value: string;
  note: string;
}

function toRow({ name, value, isMasked }: EnvironmentVariable): TextRow {
  const note = isMasked ? (value === null ? "hidden" : "a part is hidden") : "";
  return { name, value: value ?? "", note };
}

function toRows(texts: Readonly<Record<string, string>>): TextRow[] {
  return Object.entries(texts)
    .map(([name, value]) => ({ name, value, note: "" }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function Texts({ caption, rows }: { caption: string; rows: readonly TextRow[] }) {
  if (rows.length === 0) return <p class="quiet">None.</p>;
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={({ name }) => name}
      columns={[
        { head: "Name", cell: ({ name }) => <code>{name}</code> },
        {
          head: "Value",
          cell: ({ value, note }) => (
            <>
              {value !== "" && <code>{value}</code>} {note !== "" && <em class="quiet">{note}</em>}
            </>
          ),
        },
      ]}
    />
  );
}
