"""A language model behind a local HTTP server as a contestant: LLM_URL=http://127.0.0.1:8080/... python3 llm.py predict FOLDER"""
import csv, json, os, sys, urllib.request

path = lambda name: os.path.join(sys.argv[2], name)
if sys.argv[1] == "predict":
    labels = json.load(open(path("item.json")))["label_space"]["names"]
    cost = {"requests": 0, "tokens": 0}
    with open(path("predictions.csv"), "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "predicted"])
        for row in csv.DictReader(open(path("predict.csv"), encoding="utf-8", newline="")):
            prompt = f"Answer with one of {', '.join(labels)}, and nothing else.\n\n{row['text']}"
            body = {"messages": [{"role": "user", "content": prompt}], "temperature": 0}
            request = urllib.request.Request(
                os.environ["LLM_URL"], json.dumps(body).encode(), {"Content-Type": "application/json"})
            with urllib.request.urlopen(request, timeout=60) as response:
                answer = json.load(response)
            table.writerow([row["id"], answer["choices"][0]["message"]["content"].strip()])
            cost["requests"] += 1
            cost["tokens"] += answer["usage"]["total_tokens"]
    json.dump(cost, open(path("cost.json"), "w"))
