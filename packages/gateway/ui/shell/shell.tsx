import { useEffect } from "preact/hooks";
import { CurrentView } from "./current-view.tsx";
import { useConnection, useLive } from "./live-events.ts";
import { Navigation } from "./navigation.tsx";
import { usePageTitle } from "./page-title.ts";
import { followLink, useRoute, viewUrl } from "./router.ts";
import { ThemeSwitch } from "./theme-switch.tsx";

/** The frame around every view: navigation, the state of the connection, and the view of the current URL. */
export function Shell() {
  const route = useRoute();
  usePageTitle(route);
  useEffect(() => {
    document.addEventListener("click", followLink);
    return () => document.removeEventListener("click", followLink);
  }, []);
  return (
    <div class="shell">
      <a class="skip" href="#main">
        To the content
      </a>
      <LostConnection />
      <header class="bar">
        <a class="product" href={viewUrl([])}>
          <img src={viewUrl(["icon.svg"])} width="24" height="24" alt="" />
          Serverless data platform
        </a>
        <Navigation current={route.view} />
        <div class="tools">
          <ConnectionState />
          <ThemeSwitch />
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <CurrentView key={route.view} route={route} />
      </main>
    </div>
  );
}

function ConnectionState() {
  const connection = useConnection();
  const about = useLive("about");
  const texts = { connecting: "connecting …", live: "live", lost: "disconnected" };
  const states = { connecting: "checking", live: "up", lost: "down" };
  return (
    <p class="about quiet">
      {about && (
        <span>
          {about.provider} {about.version}
          {about.isReadOnly && " · read-only"}
        </span>
      )}
      <span id="connection" class={`state ${states[connection]}`} role="status">
        {texts[connection]}
      </span>
    </p>
  );
}

/** A banner that marks the data of the page as outdated. */
function LostConnection() {
  if (useConnection() !== "lost") return null;
  return (
    <p class="lost" role="alert">
      <strong>No connection to the gateway.</strong> The page shows the last known data; all states are
      unknown. It reconnects automatically.
    </p>
  );
}
