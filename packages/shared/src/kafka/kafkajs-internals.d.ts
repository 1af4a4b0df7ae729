/** Files of kafkajs 2.2.4 that its own types leave out. */
declare module "kafkajs/src/protocol/decoder.js" {
  /** Reads the parts of a response one after the other. */
  export default class Decoder {
    constructor(buffer: Buffer);
    readBoolean(): boolean;
    readInt16(): number;
    readInt32(): number;
    readInt64(): bigint;
    readString(): string;
    readBytes(): Buffer | null;
    readArray<T>(read: (decoder: Decoder) => T): T[];
    readArrayAsync<T>(read: (decoder: Decoder) => Promise<T>): Promise<T[]>;
  }
}

declare module "kafkajs/src/protocol/encoder.js" {
  /** A buffer for the fields of a request. */
  export default class Encoder {
    writeInt16(value: number): this;
    writeInt32(value: number): this;
    writeString(value: string | null): this;
    writeBytes(value: Buffer): this;
    writeArray(values: readonly Encoder[]): this;
  }
}

declare module "kafkajs/src/protocol/requests/fetch/v11/response.js" {
  const response: { decode(data: Buffer): Promise<object> };
  export default response;
}

declare module "kafkajs/src/protocol/recordBatch/v0/decoder.js" {
  import type Decoder from "kafkajs/src/protocol/decoder.js";
  export default function decodeRecordBatch(decoder: Decoder): Promise<{ records: { offset: string }[] }>;
}

declare module "kafkajs/src/protocol/messageSet/decoder.js" {
  import type Decoder from "kafkajs/src/protocol/decoder.js";
  export default function decodeMessageSet(decoder: Decoder, size: number): Promise<object[]>;
}

declare module "kafkajs-snappy" {
  export default function createSnappyCodec(): {
    compress(encoder: { buffer: Buffer }): Promise<Buffer>;
    decompress(data: Buffer): Promise<Buffer>;
  };
}

declare module "kafkajs/src/broker/saslAuthenticator/*.js" {
  import type { AuthenticationProviderArgs } from "kafkajs";
  /** The provider of a mechanism for a user and its password. */
  export default function createProvider(credentials: {
    username: string;
    password: string;
  }): (connection: AuthenticationProviderArgs) => { authenticate(): Promise<void> };
}
