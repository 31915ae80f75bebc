/** What a save dialog proposes. Pure. */

const LONGEST = 60;
/** Endings of profile files: an export of one has another. */
const ENDING =
  /(?:\.(?:cpuprofile|heapprofile|speedscope\.json|folded\.txt|pb|json|html|md|txt))?(?:\.gz)?$/i;

/** `node shop.js` → `node-shop.js.pb.gz`: a name that every file system takes. `extension` has its dot. */
export function proposedName(name: string, extension: string): string {
  const stem = name
    .replace(ENDING, '')
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
    .slice(0, LONGEST);
  return (stem || 'profile') + extension;
}
