/** The position of a message in Kafka. */
export interface MessagePosition {
  topic: string;
  partition: number;
  offset: number;
}
