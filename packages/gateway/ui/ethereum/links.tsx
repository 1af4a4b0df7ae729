import { ProducerColours } from "@platform/shared/ui/producer-colours";
import { countText, shortHex } from "../parts/format.ts";
import { viewUrl } from "../shell/router.ts";

/** The colours of producers, shared by all tables and panels of the view. */
export const producerColours = new ProducerColours();

/** A block's number, with a link to its page. */
export function BlockLink({ number }: { number: number }) {
  return <a href={viewUrl(["ethereum", "block", number])}>{countText(number)}</a>;
}

/** A transaction's shortened hash, with a link to its page. */
export function TransactionLink({ hash }: { hash: string }) {
  return (
    <a href={viewUrl(["ethereum", "transaction", hash])}>
      <code title={hash}>{shortHex(hash)}</code>
    </a>
  );
}

/** Returns the URL of an address's page. */
export function addressUrl(address: string): string {
  return viewUrl(["ethereum", "address", address]);
}

/** A shortened address with a link to its page, except for `own`, the address of the current page. */
export function AddressLink({ address, own }: { address: string; own?: string | undefined }) {
  const text = <code title={address}>{shortHex(address)}</code>;
  return address === own ? text : <a href={addressUrl(address)}>{text}</a>;
}

/** A block's producer with its colour. */
export function Producer({ address }: { address: string }) {
  return (
    <span class="eth-producer">
      <span class={`swatch ${producerColours.colourClass(address)}`} aria-hidden="true" />
      <AddressLink address={address} />
    </span>
  );
}
