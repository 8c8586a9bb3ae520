"""A headless Chromium, driven over the DevTools protocol through two pipes; the standard library alone."""

import itertools
import json
import os
import subprocess
import tempfile
import time


class Browser:
    """One browser with a profile of its own, and one page in it."""

    def __init__(self, executable):
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        commands, self._commands = os.pipe()
        self._answers, answers = os.pipe()
        arguments = [
            executable, "--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            # Only pages of our own are loaded, and a container's root could not start it otherwise.
            "--no-sandbox", f"--user-data-dir={self._profile.name}", "about:blank",
        ]
        # The browser reads commands from descriptor 3 and writes answers to 4.
        shell = 'exec "$@" 3<&%d 4>&%d' % (commands, answers)
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", shell, "bash", *arguments], pass_fds=(commands, answers),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(commands)
        os.close(answers)
        self._numbers = itertools.count(1)
        self._rest = b""
        self.events = []
        target = next(t for t in self._call("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self._session = None
        self._session = self._call(
            "Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Network", "Log"]:
            self.call(f"{domain}.enable")

    def close(self):
        try:
            self._session = None
            self._call("Browser.close")
        except (OSError, RuntimeError):
            self._process.kill()
        self._process.wait(20)

    def _message(self):
        while b"\0" not in self._rest:
            part = os.read(self._answers, 1 << 16)
            if not part:
                raise RuntimeError("the browser has ended")
            self._rest += part
        message, self._rest = self._rest.split(b"\0", 1)
        return json.loads(message)

    def _call(self, method, **parameters):
        number = next(self._numbers)
        command = {"id": number, "method": method, "params": parameters}
        if getattr(self, "_session", None):
            command["sessionId"] = self._session
        os.write(self._commands, json.dumps(command).encode() + b"\0")
        while True:
            message = self._message()
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            if "method" in message:
                self.events.append(message)

    call = _call

    def run(self, script):
        """The value of an expression in the page; one that promises is waited for."""
        answer = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")

    def wait(self, condition, seconds=20):
        """Waits until an expression in the page holds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if self.run(f"(() => {{ try {{ return Boolean({condition}); }} catch {{ return false; }} }})()"):
                    return
            except RuntimeError as error:
                # The page that was asked is just being left.
                if "navigated" not in str(error) and "context" not in str(error):
                    raise
            time.sleep(0.01)
        raise AssertionError(f"not within {seconds} s: {condition}")

    def open(self, url):
        self.call("Page.navigate", url=url)
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'")

    def size(self, width, height=900, phone=False):
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone)

    def scheme(self, name):
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": name}])

    def type(self, text):
        for character in text:
            self.call("Input.dispatchKeyEvent", type="keyDown", text=character, key=character)
            self.call("Input.dispatchKeyEvent", type="keyUp", key=character)

    def press(self, key, code=None, text="", modifiers=0):
        codes = {"Tab": 9, "Enter": 13, " ": 32, "ArrowRight": 39, "ArrowLeft": 37, "ArrowDown": 40, "End": 35, "Home": 36}
        event = {
            "key": key, "code": code or key, "windowsVirtualKeyCode": codes.get(key, 0), "modifiers": modifiers,
        }
        if text:
            event["text"] = text
        self.call("Input.dispatchKeyEvent", type="keyDown", **event)
        self.call("Input.dispatchKeyEvent", type="keyUp", **event)

    def drain(self):
        """What happened since, in order."""
        self.run("1")
        events, self.events = self.events, []
        return events
