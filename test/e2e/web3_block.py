"""web3.py's own blocks, as a function in Python would print them: web3_block.py URL.

Each line of stdin is {"block": a number, a 0x-hash or a tag, "full": with the transactions themselves}. Each answer is
{"block": the block's JSON as a string, compact and its keys in order} or {"error": what web3.py says}.
"""

import json
import sys

from hexbytes import HexBytes
from web3 import Web3
from web3.datastructures import AttributeDict
from web3.exceptions import ExtraDataLengthError
from web3.middleware import ExtraDataToPOAMiddleware


class Encoder(json.JSONEncoder):
    def default(self, value):
        if isinstance(value, HexBytes):
            return value.to_0x_hex()
        if isinstance(value, AttributeDict):
            return dict(value)
        return super().default(value)


def connect(url):
    w3 = Web3(Web3.HTTPProvider(url))
    try:
        w3.eth.get_block("latest")
    except ExtraDataLengthError:
        w3.middleware_onion.inject(ExtraDataToPOAMiddleware, layer=0)
    return w3


def answer(w3, question):
    try:
        block = dict(w3.eth.get_block(question["block"], question["full"]))
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    if "proofOfAuthorityData" in block:  # the middleware's name; the node's is extraData
        block["extraData"] = block.pop("proofOfAuthorityData")
    return {"block": json.dumps(block, cls=Encoder, sort_keys=True, separators=(",", ":"))}


w3 = connect(sys.argv[1])
for line in sys.stdin:
    sys.stdout.write(json.dumps(answer(w3, json.loads(line))) + "\n")
    sys.stdout.flush()
