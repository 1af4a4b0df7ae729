import { Empty } from "../parts/states.tsx";
import { type Route, viewUrl } from "../shell/router.ts";
import { DocumentPage } from "./document-page.tsx";
import { SearchPage } from "./search-page.tsx";

/** The view `/ui/documents`, and `/ui/documents/INDEX/ID` for a document. */
export function DocumentsView({ route }: { route: Route }) {
  const [index, id, ...others] = route.path;
  if (index === undefined) return <SearchPage query={route.query} />;
  if (id !== undefined && others.length === 0)
    return <DocumentPage key={`${index}/${id}`} index={index} id={id} />;
  return (
    <>
      <h1>Documents</h1>
      <Empty title="A document's address is /ui/documents/INDEX/ID.">
        <a href={viewUrl(["documents"])}>To all documents</a>
      </Empty>
    </>
  );
}
