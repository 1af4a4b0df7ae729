import { render } from "preact";
import { connectLiveEvents } from "./shell/live-events.ts";
import { Shell } from "./shell/shell.tsx";

const place = document.querySelector("#console");
if (place !== null) render(<Shell />, place);
connectLiveEvents();
