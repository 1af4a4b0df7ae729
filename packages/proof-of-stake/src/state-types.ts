import {
  BitVectorType,
  BooleanType,
  ByteVectorType,
  ContainerType,
  ListBasicType,
  ListCompositeType,
  UintBigintType,
  UintNumberType,
  VectorBasicType,
  VectorCompositeType,
} from "@chainsafe/ssz";

// SSZ types of the Capella beacon state with the minimal preset. Names, order and limits are those of the consensus
// specifications: specs/phase0, altair, bellatrix and capella/beacon-chain.md, and presets/minimal.

const slotsPerEpoch = 8;
const slotsPerHistoricalRoot = 64;
const epochsPerHistoricalVector = 64;
const epochsPerSlashingsVector = 64;
const slotsPerVotingPeriod = 4 * slotsPerEpoch;
const historicalRootsLimit = 2 ** 24;
const validatorRegistryLimit = 2 ** 40;
/** Members of a sync committee. */
export const syncCommitteeSize = 32;

const uint8 = new UintNumberType(1);
const uint64 = new UintNumberType(8);
/** Epochs that may be "far future": 2^64 - 1. */
const epoch = new UintBigintType(8);
const bytes4 = new ByteVectorType(4);
const bytes20 = new ByteVectorType(20);
const bytes32 = new ByteVectorType(32);
const bytes48 = new ByteVectorType(48);

const fork = new ContainerType({ previousVersion: bytes4, currentVersion: bytes4, epoch: uint64 });
const checkpoint = new ContainerType({ epoch: uint64, root: bytes32 });
const header = new ContainerType({
  slot: uint64,
  proposerIndex: uint64,
  parentRoot: bytes32,
  stateRoot: bytes32,
  bodyRoot: bytes32,
});
const eth1Data = new ContainerType({ depositRoot: bytes32, depositCount: uint64, blockHash: bytes32 });
const validator = new ContainerType({
  pubkey: bytes48,
  withdrawalCredentials: bytes32,
  effectiveBalance: uint64,
  slashed: new BooleanType(),
  activationEligibilityEpoch: epoch,
  activationEpoch: epoch,
  exitEpoch: epoch,
  withdrawableEpoch: epoch,
});
const syncCommittee = new ContainerType({
  pubkeys: new VectorCompositeType(bytes48, syncCommitteeSize),
  aggregatePubkey: bytes48,
});
const payloadHeader = new ContainerType({
  parentHash: bytes32,
  feeRecipient: bytes20,
  stateRoot: bytes32,
  receiptsRoot: bytes32,
  logsBloom: new ByteVectorType(256),
  prevRandao: bytes32,
  blockNumber: uint64,
  gasLimit: uint64,
  gasUsed: uint64,
  timestamp: uint64,
  extraData: new ListBasicType(uint8, 32),
  baseFeePerGas: new UintBigintType(32),
  blockHash: bytes32,
  transactionsRoot: bytes32,
  withdrawalsRoot: bytes32,
});
const historicalSummary = new ContainerType({ blockSummaryRoot: bytes32, stateSummaryRoot: bytes32 });

/** The list whose root is the genesis_validators_root. */
export const validators = new ListCompositeType(validator, validatorRegistryLimit);

/** BeaconState of Capella. */
export const beaconState = new ContainerType({
  genesisTime: uint64,
  genesisValidatorsRoot: bytes32,
  slot: uint64,
  fork,
  latestBlockHeader: header,
  blockRoots: new VectorCompositeType(bytes32, slotsPerHistoricalRoot),
  stateRoots: new VectorCompositeType(bytes32, slotsPerHistoricalRoot),
  historicalRoots: new ListCompositeType(bytes32, historicalRootsLimit),
  eth1Data,
  eth1DataVotes: new ListCompositeType(eth1Data, slotsPerVotingPeriod),
  eth1DepositIndex: uint64,
  validators,
  balances: new ListBasicType(uint64, validatorRegistryLimit),
  randaoMixes: new VectorCompositeType(bytes32, epochsPerHistoricalVector),
  slashings: new VectorBasicType(uint64, epochsPerSlashingsVector),
  previousEpochParticipation: new ListBasicType(uint8, validatorRegistryLimit),
  currentEpochParticipation: new ListBasicType(uint8, validatorRegistryLimit),
  justificationBits: new BitVectorType(4),
  previousJustifiedCheckpoint: checkpoint,
  currentJustifiedCheckpoint: checkpoint,
  finalizedCheckpoint: checkpoint,
  inactivityScores: new ListBasicType(uint64, validatorRegistryLimit),
  currentSyncCommittee: syncCommittee,
  nextSyncCommittee: syncCommittee,
  latestExecutionPayloadHeader: payloadHeader,
  nextWithdrawalIndex: uint64,
  nextWithdrawalValidatorIndex: uint64,
  historicalSummaries: new ListCompositeType(historicalSummary, historicalRootsLimit),
});

/** An empty list of containers, whose root depends only on its limit. */
const none = (limit: number) => new ListCompositeType(bytes32, limit);
/** A payload has the fields of its header, with transactions and withdrawals instead of their roots. */
const { transactionsRoot, withdrawalsRoot, ...payloadFields } = payloadHeader.fields;

/** The body of an empty Capella block: its root is in the genesis state's latest block header. */
export const emptyBody = new ContainerType({
  randaoReveal: new ByteVectorType(96),
  eth1Data,
  graffiti: bytes32,
  proposerSlashings: none(16),
  attesterSlashings: none(2),
  attestations: none(128),
  deposits: none(16),
  voluntaryExits: none(16),
  syncAggregate: new ContainerType({
    syncCommitteeBits: new BitVectorType(syncCommitteeSize),
    syncCommitteeSignature: new ByteVectorType(96),
  }),
  executionPayload: new ContainerType({
    ...payloadFields,
    transactions: none(2 ** 20),
    withdrawals: none(4),
  }),
  blsToExecutionChanges: none(16),
});
