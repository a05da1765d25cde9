// Whether this engine multiplies and adds in one go (relaxed SIMD), tried, not
// asked: a module of one function that does it, and the number it returns.

// (func (export "f") (result f32) 3 · 5 + 7, as f32x4.relaxed_madd)
const module = new Uint8Array([
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // magic, version
  ...[1, 5, 1, 0x60, 0, 1, 0x7d], // type: () → f32
  ...[3, 2, 1, 0], // one function
  ...[7, 5, 1, 1, 0x66, 0, 0], // exported as "f"
  ...[10, 31, 1, 29, 0], // its code
  ...[0x43, 0, 0, 0x40, 0x40, 0xfd, 0x13], // splat 3
  ...[0x43, 0, 0, 0xa0, 0x40, 0xfd, 0x13], // splat 5
  ...[0x43, 0, 0, 0xe0, 0x40, 0xfd, 0x13], // splat 7
  ...[0xfd, 0x85, 0x02], // f32x4.relaxed_madd
  ...[0xfd, 0x1f, 3], // its last lane
  0x0b,
]);

let known: boolean | undefined;

export function hasRelaxedSimd(): boolean {
  return (known ??= (() => {
    if (!WebAssembly.validate(module)) return false;
    const { exports } = new WebAssembly.Instance(
      new WebAssembly.Module(module),
    );
    return (exports.f as () => number)() === 22;
  })());
}
