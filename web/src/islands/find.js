/** What matches inside a fragment, the fragment itself included. */
export function find(root, selector) {
  const own = root.matches && root.matches(selector) ? [root] : [];
  return [...own, ...root.querySelectorAll(selector)];
}
