// Signing with the token on this machine: the portal opens a session, the plug-in of the administrator calls the agent,
// the agent fetches the file and delivers the signed one by itself; here only its answer is waited for.
(function () {
  "use strict";
  var box = document.querySelector("[data-agent]");
  if (!box) return;
  var button = box.querySelector("[data-agent-start]");
  var status = box.querySelector("[data-agent-status]");

  function say(text) {
    status.textContent = text;
    button.disabled = false;
  }

  function answered(next, text) {
    var answer;
    try {
      answer = JSON.parse(text);
    } catch (error) {
      answer = { Status: 1, Message: box.dataset.agentMissing };
    }
    if (answer.Status === 0) window.location.assign(next);
    else say(answer.Message || box.dataset.agentMissing);
  }

  function call(session) {
    var sign = window[session.call];
    if (typeof sign !== "function") {
      say(box.dataset.agentMissing);
      return;
    }
    sign(JSON.stringify(session.message), function (text) { answered(session.next, text); });
  }

  button.addEventListener("click", function () {
    button.disabled = true;
    status.textContent = box.dataset.agentWaiting;
    var body = new FormData();
    body.set("shown", box.dataset.agentShown);
    var token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    fetch(box.dataset.agentOpen, { method: "POST", headers: { "X-CSRFToken": token }, body: body })
      .then(function (answer) { return answer.json(); })
      .then(function (session) { if (session.problem) say(session.problem); else call(session); })
      .catch(function () { say(box.dataset.agentMissing); });
  });
})();
