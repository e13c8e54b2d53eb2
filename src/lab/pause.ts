/** The image that holds a pod's network: one program of a few bytes that waits for ever. */
export const PAUSE_IMAGE = 'lab.fluxwright.dev/pause:1';

const BASE = 0x400000;
const HEADERS = 64 + 56;

/** For x86-64: ignore dead children (so the kernel buries them), then `pause(2)` for ever. */
const X86_64 = hex(
  'b80d000000', // mov eax, rt_sigaction
  'bf11000000', // mov edi, SIGCHLD
  '488d3517000000', // lea rsi, [rip + action]
  '31d2', // xor edx, edx
  '41ba08000000', // mov r10d, 8
  '0f05', // syscall
  'b822000000', // mov eax, pause
  '0f05', // syscall
  'ebf7', // jmp to the pause
  '00000000', // up to the next multiple of 8
  `01${'00'.repeat(31)}`, // action: SIG_IGN
);

/** For arm64: `ppoll(2)` of nothing, for ever. */
const ARM_64 = words(
  0xd2800928,
  0xd2800000,
  0xd2800001,
  0xd2800002,
  0xd2800003,
  0xd2800004,
  0xd4000001,
  0x17fffff9,
);

const MACHINES: Readonly<Record<string, { readonly elf: number; readonly code: Buffer }>> = {
  x64: { elf: 62, code: X86_64 },
  arm64: { elf: 183, code: ARM_64 },
};

/**
 * The program as a file that the kernel runs.
 * @throws RangeError where it is not known for this kind of processor.
 */
export function pauseProgram(architecture: string = process.arch): Buffer {
  const machine = MACHINES[architecture];
  if (!machine) throw new RangeError(`no pause program for ${architecture}: a lab runs on x64 and arm64`);
  const header = Buffer.alloc(HEADERS);
  header.write('\x7fELF\x02\x01\x01', 'latin1');
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(machine.elf, 18);
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(BigInt(BASE + HEADERS), 24);
  header.writeBigUInt64LE(64n, 32);
  header.writeUInt16LE(64, 52);
  header.writeUInt16LE(56, 54);
  header.writeUInt16LE(1, 56);
  writeSegment(header.subarray(64), HEADERS + machine.code.length);
  return Buffer.concat([header, machine.code]);
}

/** The whole file, loaded readable and executable. */
function writeSegment(segment: Buffer, size: number): void {
  segment.writeUInt32LE(1, 0);
  segment.writeUInt32LE(5, 4);
  segment.writeBigUInt64LE(BigInt(BASE), 16);
  segment.writeBigUInt64LE(BigInt(BASE), 24);
  segment.writeBigUInt64LE(BigInt(size), 32);
  segment.writeBigUInt64LE(BigInt(size), 40);
  segment.writeBigUInt64LE(0x1000n, 48);
}

function hex(...parts: readonly string[]): Buffer {
  return Buffer.from(parts.join(''), 'hex');
}

function words(...values: readonly number[]): Buffer {
  return Buffer.concat(
    values.map((value) => {
      const word = Buffer.alloc(4);
      word.writeUInt32LE(value);
      return word;
    }),
  );
}
