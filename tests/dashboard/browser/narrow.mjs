// What must hold of a page in a narrow window, whoever wrote it: nothing is moved sideways, no letter
// is too small to read, no text of a picture is cut. Everything that can be unfolded is unfolded.
//
//   for (const fault of await page.evaluate(narrowFaults)) ...   // "a table sticks out: ..."
export const narrowFaults = `(() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  const faults = [], seen = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility !== "hidden" && getComputedStyle(one).clipPath === "none" && !one.closest("thead");
  const name = (one) => one.tagName + "." + (one.className.baseVal ?? one.className) + " " + one.textContent.trim().slice(0, 40);
  if (document.documentElement.scrollWidth > innerWidth) faults.push("the page is " + document.documentElement.scrollWidth + " pixels wide");
  for (const one of document.querySelectorAll("body *:not(svg *):not(script):not(style)")) {
    if (!seen(one)) continue;
    const style = getComputedStyle(one);
    if (["auto", "scroll", "hidden"].includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1 && one.tagName !== "INPUT" && one.tagName !== "SELECT") faults.push("cut or moved sideways: " + name(one));
    const texts = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
    if (texts && parseFloat(style.fontSize) < 10.9 && one.tagName !== "OPTION") faults.push("letters of " + style.fontSize + ": " + name(one));
  }
  for (const text of document.querySelectorAll("svg text")) {
    if (!seen(text)) continue;
    const size = parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a;
    if (size < 10.9) faults.push("letters of " + size.toFixed(1) + " pixels: " + text.textContent);
    let svg = text.ownerSVGElement;
    while (svg.ownerSVGElement) svg = svg.ownerSVGElement;
    const box = svg.getBoundingClientRect(), one = text.getBoundingClientRect();
    if (one.left < box.left - 1 || one.right > box.right + 1 || one.top < box.top - 1 || one.bottom > box.bottom + 1) faults.push("cut in its picture: " + text.textContent);
    if (one.right > innerWidth) faults.push("outside of the window: " + text.textContent);
  }
  return [...new Set(faults)].slice(0, 12);
})()`;
