import { Panel } from "../parts/panel.tsx";
import { Loading } from "../parts/states.tsx";
import { useConnection, useLive } from "../shell/live-events.ts";
import { BlockPanel } from "./block-panel.tsx";
import { NewestPosts } from "./newest-posts.tsx";
import { OriginNotice } from "./origin-notice.tsx";
import { pipelineLanes } from "./pipeline-lanes.ts";
import { PipelinePicture } from "./pipeline-picture.tsx";
import { ProblemsPanel } from "./problems-panel.tsx";
import { SentimentPanel } from "./sentiment-panel.tsx";

/** The view `/ui/`: problems, pipeline, current sentiment, latest block, newest posts. */
export function OverviewView() {
  return (
    <>
      <div class="head">
        <h1>Overview</h1>
        <OriginNotice />
      </div>
      <ProblemsPanel />
      <PipelinePanel />
      <div class="grid overview-grid">
        <SentimentPanel />
        <BlockPanel />
        <NewestPosts />
      </div>
    </>
  );
}

function PipelinePanel() {
  const isConnected = useConnection() === "live";
  const about = useLive("about");
  const health = useLive("health");
  const functions = useLive("functions");
  const flows = useLive("pipeline");
  const topics = useLive("topics");
  const sentiment = useLive("sentiment");
  const chain = useLive("chain");
  return (
    <Panel title="Pipeline" tools={<span class="quiet">rates of the last minute</span>}>
      {health === undefined || functions === undefined || flows === undefined ? (
        <Loading />
      ) : (
        <PipelinePicture
          lanes={pipelineLanes({
            isConnected,
            postSource: about?.postSource,
            health,
            functions,
            flows,
            topics,
            sentiment,
            chain,
          })}
        />
      )}
    </Panel>
  );
}
