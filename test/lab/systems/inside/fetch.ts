/** Runs in the network of a pod: prints what addresses answer, each on a line. */
async function main(addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    const text = await (await fetch(address)).text();
    process.stdout.write(`${text.replaceAll(/\s+/g, ' ')}\n`);
  }
}

void main(process.argv.slice(2));
