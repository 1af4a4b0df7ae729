import { ProducerColours } from "@platform/shared/ui/producer-colours";

/** The colours shared by the charts and the list of miners. */
export const producerColours = new ProducerColours();
