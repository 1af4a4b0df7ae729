import { render } from "preact";
import { connectLiveEvents } from "./shell/live-events.ts";
import { Shell } from "./shell/shell.tsx";

const container = document.querySelector("#console");
if (container !== null) render(<Shell />, container);
connectLiveEvents();
