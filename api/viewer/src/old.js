// Runs in every browser, so it is written in the language of the oldest. What the page needs came
// with Chrome 86, as did this selector: a browser that lacks it would show nothing at all.
(function () {
  var warning = document.getElementById('old-browser');
  var fit = window.CSS && CSS.supports && CSS.supports('selector(:focus-visible)');
  if (warning && !fit) warning.hidden = false;
})();
