import { alignedParameterContexts } from "./aligned-parameters.ts";
import { type AlignField, alignedPart, sortByFileOrder } from "./aligned-part.ts";
import { alignedPositions } from "./aligned-position.ts";
import {
  alignedFacts,
  alignedProperties,
  type Properties,
  type PropertyFacts,
} from "./aligned-properties.ts";
import { readVersions, restoreVersion } from "./bundle-versions.ts";
import type { FlowComponent, FlowDefinition, FlowGroup, FlowPart } from "./flow-definition.ts";
import type { Descriptors } from "./nifi-entities.ts";

/** Property descriptors by the id of the component on the canvas. */
export type ComponentDescriptors = ReadonlyMap<string, Descriptors>;

/** The fields of a process group that contain components. */
const componentFields = new Set([
  ...["processors", "controllerServices", "connections", "inputPorts", "outputPorts", "funnels", "labels"],
  ...["processGroups", "remoteProcessGroups"],
]);
/** Relationships are unordered. */
const relationshipFields = new Set([
  "selectedRelationships",
  "autoTerminatedRelationships",
  "retriedRelationships",
]);

/**
 * Aligns a downloaded flow with its file: without changes on the canvas, the result equals the file, including the order.
 * Values that are specific to this NiFi stay as in the file: instance ids, bundle versions, states of services, the
 * position of the flow, values of parameters in the file.
 */
export function alignedFlow(
  canvas: FlowDefinition,
  file: FlowDefinition,
  descriptors: ComponentDescriptors,
): FlowDefinition {
  // On each canvas, NiFi assigns a different id to the flow's own group.
  const canvasId = canvas.flowContents.identifier;
  const fileId = file.flowContents.identifier ?? canvasId;
  const versions = readVersions(file.flowContents);
  const identifier = (id: unknown) => (id === canvasId ? fileId : id);

  function component(onCanvas: FlowComponent, inFile: FlowComponent | undefined): FlowPart {
    const { instanceIdentifier = "", ...rest } = onCanvas;
    return alignedPart(rest, inFile, (value, fileValue, field) => {
      if (field === "identifier" || field === "groupIdentifier") return identifier(value);
      if (componentFields.has(field))
        return components(value as FlowComponent[], fileValue as FlowComponent[]);
      if (relationshipFields.has(field))
        return sortByFileOrder(
          value as string[],
          (fileValue ?? []) as string[],
          (relationship) => relationship,
        );
      if (field === "position" || field === "bends") return alignedPositions(value, fileValue);
      if (field === "source" || field === "destination")
        return end(value as FlowPart, fileValue as FlowPart | undefined);
      if (field === "bundle") return restoreVersion(value, versions);
      if (field === "properties")
        return alignedProperties(value as Properties, (fileValue ?? {}) as Properties, {
          facts: (onCanvas.propertyDescriptors ?? {}) as PropertyFacts,
          descriptors: descriptors.get(instanceIdentifier) ?? {},
        });
      if (field === "propertyDescriptors")
        return alignedFacts(value as PropertyFacts, (fileValue ?? {}) as PropertyFacts);
      // A downloaded service is always disabled, and its APIs follow from its type.
      if (field === "controllerServiceApis") return fileValue;
      if (field === "scheduledState" && onCanvas.componentType === "CONTROLLER_SERVICE")
        return fileValue ?? "ENABLED";
      return value;
    });
  }

  function components(onCanvas: FlowComponent[] = [], inFile: FlowComponent[] = []): FlowPart[] {
    const fileComponents = new Map(inFile.map((item) => [item.identifier, item]));
    return sortByFileOrder(
      onCanvas,
      inFile,
      (item) => item.identifier,
      (item) => `${item.name ?? ""} ${item.identifier}`,
    ).map((item) => component(item, fileComponents.get(item.identifier)));
  }

  /** An end of a connection repeats the name and the comments of its component; the file may omit them. */
  function end(canvasEnd: FlowPart, fileEnd: FlowPart | undefined): FlowPart {
    const { instanceIdentifier, name, comments, ...rest } = canvasEnd;
    const align: AlignField = (value, _inFile, field) => (field === "groupId" ? identifier(value) : value);
    const repeated = fileEnd === undefined || "name" in fileEnd ? { name } : {};
    return alignedPart({ ...rest, ...repeated, comments: fileEnd?.comments }, fileEnd, align);
  }

  const { position = canvas.flowContents.position } = file.flowContents;
  const flowContents = component({ ...canvas.flowContents, position }, file.flowContents) as FlowGroup;
  return { ...file, flowContents, ...alignedParameterContexts(canvas, file) };
}
