import { alignedParameterContexts } from "./aligned-parameters.ts";
import { type AlignField, alignedPart, inFileOrder } from "./aligned-part.ts";
import { alignedPositions } from "./aligned-position.ts";
import {
  alignedFacts,
  alignedProperties,
  type Properties,
  type PropertyFacts,
} from "./aligned-properties.ts";
import { versionedAs, versionsOf } from "./bundle-versions.ts";
import type { FlowComponent, FlowDefinition, FlowGroup, FlowPart } from "./flow-definition.ts";
import type { Descriptors } from "./nifi-entities.ts";

/** How the components of the canvas describe their properties, by the component's id there. */
export type DescriptorsOf = ReadonlyMap<string, Descriptors>;

/** The fields of a process group that have its components. */
const lists = new Set([
  ...["processors", "controllerServices", "connections", "inputPorts", "outputPorts", "funnels", "labels"],
  ...["processGroups", "remoteProcessGroups"],
]);
/** Relationships are in no order. */
const sets = new Set(["selectedRelationships", "autoTerminatedRelationships", "retriedRelationships"]);

/**
 * The flow on the canvas, written as its file writes it: where nothing was changed on the canvas the result equals the
 * file, down to the order. What only this NiFi has (ids of instances, versions of bundles, states of services, the
 * flow's place, values of parameters that the file has) is as in the file.
 */
export function alignedFlow(
  canvas: FlowDefinition,
  file: FlowDefinition,
  descriptors: DescriptorsOf,
): FlowDefinition {
  // NiFi gives the flow's own group an id of each canvas.
  const canvasId = canvas.flowContents.identifier;
  const fileId = file.flowContents.identifier ?? canvasId;
  const versions = versionsOf(file.flowContents);
  const identifier = (id: unknown) => (id === canvasId ? fileId : id);

  function component(one: FlowComponent, written: FlowComponent | undefined): FlowPart {
    const { instanceIdentifier = "", ...rest } = one;
    return alignedPart(rest, written, (value, inFile, field) => {
      if (field === "identifier" || field === "groupIdentifier") return identifier(value);
      if (lists.has(field)) return components(value as FlowComponent[], inFile as FlowComponent[]);
      if (sets.has(field))
        return inFileOrder(value as string[], (inFile ?? []) as string[], (relationship) => relationship);
      if (field === "position" || field === "bends") return alignedPositions(value, inFile);
      if (field === "source" || field === "destination")
        return end(value as FlowPart, inFile as FlowPart | undefined);
      if (field === "bundle") return versionedAs(value, versions);
      if (field === "properties")
        return alignedProperties(value as Properties, (inFile ?? {}) as Properties, {
          facts: (one.propertyDescriptors ?? {}) as PropertyFacts,
          descriptors: descriptors.get(instanceIdentifier) ?? {},
        });
      if (field === "propertyDescriptors")
        return alignedFacts(value as PropertyFacts, (inFile ?? {}) as PropertyFacts);
      // A downloaded service is always disabled, and what it is for follows from its type.
      if (field === "controllerServiceApis") return inFile;
      if (field === "scheduledState" && one.componentType === "CONTROLLER_SERVICE")
        return inFile ?? "ENABLED";
      return value;
    });
  }

  function components(canvasOnes: FlowComponent[] = [], fileOnes: FlowComponent[] = []): FlowPart[] {
    const written = new Map(fileOnes.map((one) => [one.identifier, one]));
    return inFileOrder(
      canvasOnes,
      fileOnes,
      (one) => one.identifier,
      (one) => `${one.name ?? ""} ${one.identifier}`,
    ).map((one) => component(one, written.get(one.identifier)));
  }

  /** An end of a connection repeats its component's name and comments, of which the file need not have any. */
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
