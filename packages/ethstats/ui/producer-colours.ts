import { ProducerColours } from "@platform/shared/ui/producer-colours";

/** Of the charts and the list of miners. */
export const producerColours = new ProducerColours();
