// Runs only where modules are unknown (`nomodule`) or the feature test below fails.
(function () {
  var warning = document.getElementById('old-browser');
  if (warning) warning.hidden = false;
})();
