// Runs before the first paint, so that a chosen theme never flashes the other
// one. A file of its own because the page's policy forbids inline scripts.
try {
  const theme = JSON.parse(localStorage.getItem("attune.1.theme"));
  if (theme === "light" || theme === "dark")
    document.documentElement.dataset.theme = theme;
} catch {
  // Storage forbidden: follow the system.
}
