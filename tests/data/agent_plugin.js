// What the administrator's plug-in does, for the stand-in agent of the tests: one WebSocket for each act.
(function () {
  "use strict";
  function through(act) {
    return function (message, answered) {
      var socket = new WebSocket("wss://127.0.0.1:8987/" + act);
      socket.onopen = function () { socket.send(message); };
      socket.onmessage = function (event) { answered(event.data); socket.close(); };
      socket.onerror = function () { answered(JSON.stringify({ Status: 1, Message: "Không kết nối được phần mềm ký." })); };
    };
  }
  window.vgca_sign_approved = through("SignApproved");
  window.vgca_sign_issued = through("SignIssued");
})();
