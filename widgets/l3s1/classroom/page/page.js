/* The frame of every page: theme, state of loading, and what to do when the kernel is gone.
   Plain JavaScript without dependencies; runs in <head> before anything of Voilà. */
"use strict";

(() => {
  const THEME = "l3s1-theme";
  const SLOW_S = 45;

  /* ---- theme ---- */

  function readTheme() {
    try {
      const saved = localStorage.getItem(THEME);
      return saved === "light" || saved === "dark" ? saved : "auto";
    } catch {
      return "auto";
    }
  }

  function applyTheme(theme) {
    const root = document.documentElement;
    if (theme === "auto") delete root.dataset.l3s1Theme;
    else root.dataset.l3s1Theme = theme;
    try {
      if (theme === "auto") localStorage.removeItem(THEME);
      else localStorage.setItem(THEME, theme);
    } catch {
      /* no storage: the choice holds for this page */
    }
  }

  function setUpTheme() {
    const select = document.getElementById(THEME);
    if (!select) return;
    select.value = readTheme();
    select.closest("label").hidden = false;
    select.addEventListener("change", () => applyTheme(select.value));
    addEventListener("storage", (event) => {
      if (event.key !== THEME) return;
      select.value = readTheme();
      applyTheme(select.value);
    });
  }

  /* ---- state of loading ---- */

  const loading = { cells: 0, arrived: 0, over: false, failed: false, slow: 0 };

  function say(words, share) {
    const place = document.getElementById("l3s1-words");
    if (place && place.textContent !== words) place.textContent = words;
    const track = document.getElementById("l3s1-progress");
    if (track) track.style.width = `${Math.round(share * 100)}%`;
  }

  function begin(cells) {
    loading.cells = cells;
    restoreHeights();
    loading.slow = setTimeout(() => {
      if (!loading.over) showTrouble("slow");
    }, SLOW_S * 1000);
  }

  function arrived(index) {
    const output = document.getElementById(`l3s1-output-${index}`);
    const place = document.getElementById(`l3s1-cell-${index}`);
    loading.arrived += 1;
    say(
      `Running step ${Math.min(loading.arrived + 1, loading.cells)} of ${loading.cells} …`,
      0.1 + (0.5 * loading.arrived) / Math.max(1, loading.cells),
    );
    if (!output || !place) return;
    const pending = output.querySelector('script[type="application/vnd.voila.cell-output+json"]');
    while (output.firstChild) place.append(output.firstChild);
    output.remove();
    if (!pending) settle(place);
  }

  const OUTPUT = 'script[type="application/vnd.voila.cell-output+json"]';
  /* A widget that has come, or words that say why it can't. */
  const WIDGET = ".jp-OutputArea-output :is(.jupyter-widgets, .l3s1), .jp-OutputArea-output.jupyter-widgets:not(:empty)";
  /* What the course's views leave until they have drawn: parts without their code, charts. */
  const DRAWING = ".widget-box:is(:empty, :has(> .lm-Widget:empty)), [data-l3s1-drawing]";

  function allArrived() {
    say("Drawing the figures …", 0.7);
    const widgets = new Set();
    for (const output of document.querySelectorAll(`.place ${OUTPUT}`))
      if (output.textContent.includes("application/vnd.jupyter.widget-view+json")) widgets.add(output.closest(".place"));
    const waits = (place) =>
      place.querySelector(`${OUTPUT}, ${DRAWING}`) || (widgets.has(place) && !place.querySelector(WIDGET));
    const waiting = () => [...document.querySelectorAll(".place")].filter(waits);
    const check = () => {
      const left = new Set(waiting());
      for (const place of document.querySelectorAll(".place")) if (!left.has(place)) settle(place);
      loading.failed = document.querySelector(".place .failed") !== null;
      if (left.size === 0 && window.jupyterapp) finish(observer);
    };
    const observer = new MutationObserver(check);
    observer.observe(document.getElementById("main"), {
      childList: true,
      subtree: true,
      attributeFilter: ["data-l3s1-drawing"], // views carry it until they have drawn, or have failed
    });
    addEventListener("load", check);
    watchForApplication(check);
  }

  function settle(place) {
    if (place.classList.contains("waits") && !place.hasChildNodes()) {
      const words = document.createElement("p");
      words.className = "failed";
      words.textContent = "This figure could not be made, because an earlier step failed.";
      place.append(words);
    }
    place.classList.remove("waits");
    place.classList.toggle("empty", !place.querySelector(".jp-OutputArea-child, .failed"));
    place.style.minHeight = "";
  }

  function finish(observer) {
    if (loading.over) return;
    loading.over = true;
    clearTimeout(loading.slow);
    observer.disconnect();
    hideTrouble("slow");
    say(loading.failed ? "A step of this lesson failed." : "All figures are ready.", 1);
    setTimeout(() => document.getElementById("l3s1-state").classList.add("done"), 600);
    setTimeout(saveHeights, 1500);
    document.documentElement.dataset.l3s1Ready = "yes";
    mendNames(document.getElementById("main"));
  }

  /* Places keep the height they had last time, so that text below does not jump on a reload. */

  function heightsKey() {
    const main = document.getElementById("main");
    return `l3s1-heights:${main.dataset.lesson}:${Math.round(main.clientWidth / 50)}`;
  }

  function saveHeights() {
    const heights = {};
    for (const place of document.querySelectorAll(".place"))
      if (place.clientHeight > 0) heights[place.id] = place.clientHeight;
    try {
      localStorage.setItem(heightsKey(), JSON.stringify(heights));
    } catch {
      /* no storage: the text may jump */
    }
  }

  function restoreHeights() {
    let heights = {};
    try {
      heights = JSON.parse(localStorage.getItem(heightsKey()) || "{}");
    } catch {
      /* as if there were none */
    }
    for (const [id, height] of Object.entries(heights)) {
      const place = document.getElementById(id);
      if (place && place.classList.contains("place") && Number.isFinite(height))
        place.style.minHeight = `${Math.min(height, 4000)}px`;
    }
  }

  /* ---- trouble ---- */

  const TROUBLES = {
    dead: ["The kernel has stopped.", "The text can still be read, but figures no longer answer.", "Start the lesson again"],
    lost: ["The connection to the server is lost.", "Trying again … The text can still be read.", "Load the lesson again"],
    gone: ["The server does not answer.", "Start the course again (l3s1 serve), then load this page again.", "Load the lesson again"],
    server: ["The lesson could not be completed.", "The window in which the course was started says why.", "Try again"],
    slow: ["This takes longer than usual.", "The computer may be busy. You can read on while the figures load.", "Load the lesson again"],
  };
  let trouble = null;

  function showTrouble(kind) {
    if (trouble === kind || trouble === "dead") return;
    trouble = kind;
    const [what, then, again] = TROUBLES[kind];
    const banner = document.getElementById("l3s1-trouble");
    if (!banner) return;
    const inner = document.createElement("div");
    const text = document.createElement("p");
    const strong = document.createElement("strong");
    strong.textContent = what;
    text.append(strong, ` ${then}`);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = again;
    button.addEventListener("click", () => location.reload());
    inner.append(text, button);
    banner.replaceChildren(inner);
    banner.dataset.kind = kind;
    banner.hidden = false;
    document.getElementById("l3s1-state").classList.add("done");
  }

  function hideTrouble(kind) {
    if (trouble !== kind) return;
    trouble = null;
    document.getElementById("l3s1-trouble").hidden = true;
  }

  /* ---- the kernel ---- */

  let watching = false;

  function watchForApplication(then) {
    let left = 600;
    const timer = setInterval(() => {
      left -= 1;
      const application = window.jupyterapp;
      if (application) {
        clearInterval(timer);
        application.shell.id = "l3s1-voila-shell";
        application.widgetManagerPromise.promise.then((manager) => watchKernel(manager.kernel));
        askForKernel();
        then();
      } else if (left === 0) clearInterval(timer);
    }, 100);
  }

  function watchKernel(kernel) {
    if (watching) return;
    watching = true;
    const ended = ["dead", "autorestarting", "restarting", "terminating"];
    let leaving = false;
    addEventListener("beforeunload", () => (leaving = true));
    const look = () => {
      if (leaving) return;
      if (ended.includes(kernel.status)) showTrouble("dead");
      else if (kernel.connectionStatus === "connected") hideTrouble("lost");
      else if (kernel.connectionStatus === "disconnected") showTrouble("gone");
    };
    kernel.statusChanged.connect(look);
    kernel.connectionStatusChanged.connect(() => {
      look();
      if (kernel.connectionStatus === "connecting" && loading.over)
        setTimeout(() => {
          if (!leaving && kernel.connectionStatus === "connecting") {
            showTrouble("lost");
            askForKernel();
          }
        }, 1000);
    });
    look();
  }

  /* Whether the kernel is still there: also right where no connection was ever made. */
  async function askForKernel() {
    const settings = JSON.parse(document.getElementById("jupyter-config-data").textContent);
    try {
      const answer = await fetch(`${settings.baseUrl}api/kernels/${settings.kernelId}`);
      if (answer.status === 404) showTrouble("dead");
    } catch {
      showTrouble("lost");
    }
  }

  /* ---- names that ipywidgets leaves out ---- */

  function mendNames(root) {
    const mend = () => {
      for (const handle of root.querySelectorAll('[role="slider"]:not([aria-label]):not([aria-labelledby])')) {
        const label = handle.closest(".jupyter-widgets")?.querySelector(".widget-label");
        handle.setAttribute("aria-label", label?.textContent?.trim() || "value");
      }
      for (const button of root.querySelectorAll("button:not([aria-label])")) {
        if (button.textContent.trim() || button.title === "") continue;
        button.setAttribute("aria-label", button.title);
      }
      for (const button of root.querySelectorAll(".jupyter-widgets.widget-play button, .widget-play button")) {
        const icon = button.querySelector("i");
        const name = /fa-([a-z]+)/.exec(icon?.className || "")?.[1];
        const words = { play: "Play", pause: "Pause", stop: "Stop", retweet: "Repeat", repeat: "Repeat" };
        if (name && !button.textContent.trim()) button.setAttribute("aria-label", words[name] || name);
      }
    };
    new MutationObserver(mend).observe(root, { childList: true, subtree: true });
    mend();
  }

  window.l3s1Page = {
    opened: () => say("Starting the kernel that draws this lesson’s figures …", 0.05),
    begin,
    arrived,
    allArrived,
    alive: () => say(`Still running step ${loading.arrived + 1} of ${loading.cells} …`, 0.1 + (0.5 * loading.arrived) / Math.max(1, loading.cells)),
    failed: showTrouble,
  };
  // Voilà's own machinery calls this when it has drawn everything.
  window.voila_finish = () => {};
  document.addEventListener("DOMContentLoaded", setUpTheme);
})();
