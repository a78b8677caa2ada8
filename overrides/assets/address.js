// What goes along in the address from page to page, whatever else a page writes into it.

export const LIST = "liste";

// The list as the address has it, or null.
export const listed = () => new URLSearchParams(location.search).get(LIST);

// A page's own query with the list beside it; «» where there is neither.
export function along(query) {
  const list = listed();
  if (list) query.set(LIST, list);
  const text = query.toString();
  return text ? `?${text}` : "";
}
