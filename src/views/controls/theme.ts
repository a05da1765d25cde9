// Light, dark, or as the system is. `public/theme.js` applies a remembered
// choice before the first paint; this changes it.

export type Theme = "system" | "light" | "dark";

export interface ThemeSwitch {
  present(): Theme;
  choose(theme: Theme): void;
  subscribe(listener: () => void): () => void;
}

export function openTheme(
  root: HTMLElement,
  remember: (theme: Theme | null) => void,
): ThemeSwitch {
  const listeners = new Set<() => void>();
  return {
    present() {
      const { theme } = root.dataset;
      return theme === "light" || theme === "dark" ? theme : "system";
    },
    choose(theme) {
      if (theme === "system") delete root.dataset.theme;
      else root.dataset.theme = theme;
      remember(theme === "system" ? null : theme);
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
