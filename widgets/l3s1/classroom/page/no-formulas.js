/* Stands in for a typesetter on pages that have no formula: Voilà would load a large one. */
window.MathJax = {
  Hub: { Config() {}, Configured() {}, Queue() {}, Register: { StartupHook() {} } },
};
