/** An invented post: handle and display name of its author, and its text. */
export interface InventedPost {
  handle: string;
  user: string;
  text: string;
}

const authors = {
  tove_builds: "Tove Halvarsen",
  podherder: "Kwabena Asirifi",
  mirelog: "Mirela Dragoslav",
  quiet_broker: "Hanae Morikubo",
  gaswatch_22: "Ignacio Peralbo",
  lumen_ops: "Adaeze Nwokolo",
  rustic_spoon: "Fiorella Bandetti",
  platform_nine: "Emrys Caddoway",
  sofia_reads_late: "Sofia Valtteri",
  left_back_lena: "Lena Brandauer",
  beanledger: "Tekle Woldemar",
  catnap_farid: "Farid Zamanpour",
  drizzle_diary: "Oonagh Killeady",
  tulip_and_twine: "Maartje Velthuys",
  yaml_garden: "Priyanka Selvanathan",
  coldstart_joe: "Joe Tamihana",
  minor_seventh: "Anouk Delacroze",
  batch_at_dawn: "Rafael Quintandas",
  trace_nine: "Linh Duong Ha",
  blocktime12: "Zofia Wernicka",
  noodle_atlas: "Wei Lan Shum",
  snowline_sam: "Sam Etukudo",
  paperback_ilse: "Ilse Okonjima",
  fern_and_ferry: "Leilani Kahoano",
};

const texts: readonly (readonly [keyof typeof authors, string])[] = [
  ["tulip_and_twine", "The first tulips are out! The colours are amazing after such a long winter 🌷"],
  ["platform_nine", "The conductor held the door for a running family. Kind gesture, happy carriage."],
  ["left_back_lena", "Kick-off is moved to 15:30 on Sunday. Meet at the clubhouse an hour before."],
  ["snowline_sam", "Regional trains with bike hooks are a brilliant idea. Twelve minutes to the lake, easy."],
  [
    "gaswatch_22",
    "Structured logs are better than I expected. Finding one request among millions is easy now.",
  ],
  [
    "tove_builds",
    "Finally understand how readiness gates work. The documentation is excellent, I just never read it properly. #kubernetes",
  ],
  ["left_back_lena", "The barometer in the hallway dropped six points since yesterday evening."],
  ["yaml_garden", "Why is the container clock off by an hour again? Time zones are horrible and I'm tired."],
  ["beanledger", "Gas estimates were accurate for the whole week. Impressive work by the client developers."],
  [
    "catnap_farid",
    "Followed the recipe exactly and the cake is still raw inside. Not great, not even edible 😭",
  ],
  [
    "paperback_ilse",
    "Found a first edition of a bird atlas at the flea market. Gorgeous plates, tiny price 📚",
  ],
  ["trace_nine", "The cat learned to open the window. Impressive, slightly worrying, very funny 😹"],
  ["snowline_sam", "Delayed, cancelled, delayed. Commuting this week has been horrible."],
  ["drizzle_diary", "Learned three chords on the ukulele and my daughter already sings along. Pure joy!"],
  ["podherder", "Zero false alarms this week. The on-call rota is happy and well rested 😴"],
  ["yaml_garden", 'Bought "easy" seeds and not one came up. What a useless packet and a wasted month.'],
  [
    "left_back_lena",
    "Scored my first goal since school. It was lucky, it was ugly and I'm very proud of it.",
  ],
  [
    "drizzle_diary",
    "Started chapter nine on the bus this morning. Two hundred pages to go until the book club.",
  ],
  ["rustic_spoon", "The Thursday market has moved to the square next to the library until April."],
  [
    "trace_nine",
    "The nightly pipeline finished before midnight for the first time. Fantastic work, team! #dataengineering",
  ],
  ["rustic_spoon", "Slow Sunday, fresh coffee, window open. Life is good."],
  ["catnap_farid", "Wonderful dinner with old friends. Too much rice, just enough cake, plenty of stories."],
  [
    "trace_nine",
    "Nobody pinned the base image, so last night's build is different from today's. Bad surprise before a release.",
  ],
  ["fern_and_ferry", "Standing for two hours next to a broken toilet. Disgusting. The worst trip this year."],
  [
    "lumen_ops",
    "Prometheus on a tiny board has been watching my greenhouse for a year. Super reliable and cheap.",
  ],
  [
    "minor_seventh",
    "The sequel album is dull and far too long. It's the most boring hour I've heard this year.",
  ],
  ["tulip_and_twine", "Turned the water back on and checked the hose. Two new washers and it was done."],
  [
    "drizzle_diary",
    "Good idea, poor writing, terrible last chapter. I expected more after all those prizes.",
  ],
  [
    "platform_nine",
    'The ticket machine ate my coins and said "thank you". Useless thing, I\'m really annoyed.',
  ],
  [
    "coldstart_joe",
    "Is anyone building multi-arch images on plain arm64 machines? Looking for numbers before we decide.",
  ],
  [
    "blocktime12",
    "My first smart contract passed all of its tests today. I'm so happy, even if it only counts votes for lunch 🥳",
  ],
  ["noodle_atlas", "This record has the loveliest cello line I've heard in years. Simple and perfect."],
  ["tulip_and_twine", "Swapped seedlings with the neighbours again. It's easy, free and a lot of fun."],
  ["rustic_spoon", "Tomatoes, salt, good bread, nothing else. Summer is excellent."],
  [
    "fern_and_ferry",
    "Counting freight wagons at the crossing: fifty-one, mostly containers, two with timber.",
  ],
  ["lumen_ops", "We sample one trace in a hundred and keep every trace that has an error in it."],
  [
    "tove_builds",
    "Our functions read from a queue and write to a table. There is nothing else in the system.",
  ],
  ["fern_and_ferry", "The storm missed us and left a double rainbow behind. Beautiful end to a long day 🌈"],
  [
    "mirelog",
    "Duplicate rows in the report again. Deduplication is not fun, and doing it by hand is dreadful.",
  ],
  ["tulip_and_twine", "Beans up, peas up, sun out. A nice, honest day of work in the garden."],
  [
    "blocktime12",
    "Reminder: the nonce counts from zero, and the pool keeps your transaction until the gap is filled.",
  ],
  ["mirelog", "Schema registry rejected my change with an empty error. Annoying, and not very helpful."],
  ["gaswatch_22", "Got 400 alerts for one broken disk. Alerting like this is worse than no alerting."],
  ["podherder", "Wrote down the steps for rotating the ingress certificates. They are in the team wiki now."],
  ["tulip_and_twine", "A hedgehog moved in under the shed. Welcome, tiny friend, the slugs are all yours."],
  ["sofia_reads_late", "First espresso from the repaired machine this morning. Absolutely delicious ☕"],
  ["catnap_farid", "Baked my first sourdough and it actually rose! Ugly shape, fantastic taste 🍞"],
  [
    "mirelog",
    "Really impressed by how fast the scheduler places pods now. Great job to everyone who reviewed that change!",
  ],
  [
    "batch_at_dawn",
    "Best thing about an append-only log: you can always look back and see exactly what happened.",
  ],
  [
    "paperback_ilse",
    "No sleep: he cried at the bedroom door from two to five. Dreadful night, and a very unhappy cat.",
  ],
  [
    "coldstart_joe",
    "Rootless containers on the build server work nicely. Good security and no complaints from the team so far.",
  ],
  [
    "minor_seventh",
    "That save in the last minute was superb. The best goalkeeping I have seen in this park.",
  ],
  ["lumen_ops", "The graph is green, the customers are angry. Not a great dashboard, is it?"],
  ["sofia_reads_late", "The coffee on this train is awful. Lukewarm, bitter and somehow also watery."],
  [
    "trace_nine",
    "Step one reads the posts, step two scores them, step three writes the totals. That is the pipeline.",
  ],
  ["catnap_farid", "Feeding at seven and at six. The grey one gets the blue bowl, the other one the white."],
  [
    "blocktime12",
    "The block explorer is down again and the node refuses to sync. What a miserable start to the week.",
  ],
  ["coldstart_joe", "Do you put each function in its own repository, or all of them in one?"],
  [
    "noodle_atlas",
    "The little café behind the station roasts its own beans. Amazing smell, friendly people, perfect flat white.",
  ],
  ["catnap_farid", "The vet says she's perfectly healthy at nineteen. Best news of the year!"],
  ["tove_builds", "Question for cluster people: do you set CPU limits, or only requests?"],
  [
    "sofia_reads_late",
    "The audiobook narrator whispers everything. Annoying after five minutes, unbearable after ten.",
  ],
  [
    "trace_nine",
    "The new base image is smaller, safer and starts in under a second. Best decision of the quarter.",
  ],
  ["left_back_lena", "Is there a referee course in spring? Two of our players would like to sign up."],
  [
    "tove_builds",
    "Porting a cron script to a function this morning. Input is a CSV, output is a message per row.",
  ],
  ["minor_seventh", "Changed the strings on the bass. Round wounds this time, tuned down half a step."],
  ["lumen_ops", "Today I learned that a Job keeps its pods around until something deletes them. #kubernetes"],
  ["noodle_atlas", "Paid far too much for a boring, burnt cappuccino. Very disappointing ☹️"],
  [
    "coldstart_joe",
    "Local emulator says yes, production says no. The emulator is worse than useless today 🙄",
  ],
  ["paperback_ilse", "Nothing beats a warm cat on your knees while the rain is falling. Truly wonderful."],
  [
    "noodle_atlas",
    "Soaking the chickpeas tonight, cooking them tomorrow. Six people are coming on Saturday.",
  ],
  ["yaml_garden", "Not bad at all: moved forty services to the new cluster before the coffee got cold."],
  ["platform_nine", "Transposing the horn parts this evening. Four pages done and two to go. #music"],
  ["beanledger", "Ninety minutes of back passes in the rain. Boring, slow, pointless."],
  [
    "blocktime12",
    "Optimised one storage write away and saved a third of the gas. Small change, very satisfying.",
  ],
  [
    "quiet_broker",
    "The batch job is slow, the logs are poor and the retry button does nothing. Disappointing tool.",
  ],
  ["paperback_ilse", "Do you write in the margins? I use a pencil, my sister uses sticky notes."],
  [
    "blocktime12",
    "Cold start below 80 ms without any tricks. That is a really good result for such a tiny runtime.",
  ],
  ["trace_nine", "Our cat weighs 4.2 kilos. The scales at the practice said 4.3 in spring."],
  [
    "sofia_reads_late",
    "Switched from 18 to 17 grams and from 30 to 28 seconds. Taking notes for the next bag.",
  ],
  ["tove_builds", "The handler is eleven lines long and easy to test. Clean, simple, excellent."],
  ["left_back_lena", "Third week of grey drizzle. Everything is damp, cold and miserable."],
  [
    "batch_at_dawn",
    "Switched the brokers to KRaft this weekend. Smooth migration, great notes from the community.",
  ],
  ["tulip_and_twine", "The old apple tree we nearly cut down is full of blossom. Absolutely magnificent."],
  ["rustic_spoon", "Does grinding by hand change the taste, or is that just something people say?"],
  [
    "platform_nine",
    "Heard a street quartet playing in the underpass. The sound was amazing, I missed two trains for it.",
  ],
  [
    "paperback_ilse",
    "Late frost took every one of the tomatoes. I'm heartbroken, that was a horrible sight.",
  ],
  ["gaswatch_22", "Does anyone keep an archive node at home? Wondering how much disk it takes these days."],
  [
    "minor_seventh",
    "What a match! Two goals in stoppage time and the whole pub went wild. Incredible night ⚽",
  ],
  ["mirelog", "CrashLoopBackOff again. This is easily the worst error message to receive at midnight."],
  ["fern_and_ferry", "How deep do you plant garlic? The packet says five centimetres, my uncle says eight."],
  ["catnap_farid", "The cat knocked the router off the shelf. Internet broken, vase broken, mood bad."],
  [
    "beanledger",
    "Gas went up while I was typing the transaction. Expensive lesson, and a really annoying one. #gas",
  ],
  ["lumen_ops", "Rebalance storm at 3 am. Awful night, and the dashboard was no help."],
  [
    "podherder",
    "What do you put on the wall screen: latency, error rate, or the queue length? #observability",
  ],
  ["tulip_and_twine", "Came home late and the kitten was asleep in my helmet. Cutest thing ever."],
  ["mirelog", "I quite like our new linting step for SQL. It's friendly, quick and mostly right."],
  ["platform_nine", "Is the tempo marked 92 or 96 in your edition? Ours has both, on different pages."],
  [
    "beanledger",
    "Transaction stuck in the pool since breakfast because I set the fee too low. Stupid mistake on my side.",
  ],
  [
    "fern_and_ferry",
    "The forecast said sunny. I'm soaked, my shoes are ruined and I'm extremely unhappy about it.",
  ],
  ["minor_seventh", "We play four at the back this week. The left side depends on who is free."],
  ["paperback_ilse", "Potatoes go in on Saturday. The left bed gets onions this year. #gardening"],
  [
    "lumen_ops",
    "Our new Helm chart is a third of the size of the old one. Very happy with how simple it turned out.",
  ],
  [
    "quiet_broker",
    "Replayed a week of events from Kafka and every total matched. Beautiful. Log-based systems are lovely when they work.",
  ],
  [
    "paperback_ilse",
    "Our reading group picked a really interesting history of maps. Best discussion we've had.",
  ],
  ["tulip_and_twine", "Compost heap reached sixty degrees. I'm weirdly excited and very proud of it."],
  ["quiet_broker", "Writing a consumer in TypeScript today. Offsets are committed after the database write."],
  [
    "platform_nine",
    "The index is wrong, the photos are blurry and the print is too small. A really disappointing edition.",
  ],
  [
    "rustic_spoon",
    "My grandmother's stovetop pot is forty years old and still makes the best coffee in the house.",
  ],
  [
    "beanledger",
    "Finished reading the yellow paper, slowly. Fascinating material, and the chapter on the trie is superb.",
  ],
  [
    "catnap_farid",
    "The dumpling stall at the night market is incredible. Best eight minutes of waiting in my life.",
  ],
  [
    "fern_and_ferry",
    "New timetable gives us a train every quarter of an hour. Amazing for a village this size!",
  ],
  [
    "paperback_ilse",
    "The second volume comes out in autumn. It has the same translator as the first. #reading",
  ],
  ["podherder", "Pulling a 6 GB image over hotel wifi. Painfully slow, and the tag was wrong anyway."],
  [
    "tove_builds",
    "The upgrade guide is confusing, the flags are undocumented and my ingress is broken again 😩",
  ],
  [
    "batch_at_dawn",
    "Added a key to every message, so the events of one customer now arrive in order. #kafka",
  ],
  [
    "coldstart_joe",
    'This "tiny" image ships three shells and two compilers. Useless weight, and it failed the scan too.',
  ],
  [
    "platform_nine",
    "The night train arrived four minutes early. I slept like a stone, what an excellent way to travel!",
  ],
  ["trace_nine", "Layer caching finally does what I want. Builds are fast and the team is happy :)"],
  ["noodle_atlas", "Decaf after dinner is not bad at all. I'm slightly surprised, to be honest."],
  ["paperback_ilse", "Cat tree assembled. She inspected it for a minute and went back to the cardboard box."],
  ["rustic_spoon", "The office machine now takes oat milk. Instructions are taped to the fridge door."],
  ["snowline_sam", "Platform 4 instead of platform 7 today. The announcement came at 8:12."],
  ["catnap_farid", "My neighbour left a jar of plum jam at the door. Sweet in every sense, thank you!"],
  [
    "yaml_garden",
    "Set the timeout to thirty seconds and the memory to 256 MB. Will look at the metrics next week.",
  ],
  [
    "quiet_broker",
    "Compacted topics are such an elegant idea. Our cache rebuild went from an hour to five minutes!",
  ],
  [
    "drizzle_diary",
    "It's a quiet, gentle book about lighthouse keepers. Not thrilling, but beautiful on every page.",
  ],
  [
    "platform_nine",
    "Window seat, mountain line, first snow. The view from this train is absolutely stunning. #slowtravel",
  ],
  ["snowline_sam", "Took an umbrella, did not need it. Tomorrow I will leave it at home and we shall see."],
  ["batch_at_dawn", "Backfilled five years of sensor data without a single retry. What a wonderful feeling."],
  ["drizzle_diary", "Front row next to a broken speaker. My ears hurt and the concert was terrible."],
  ["gaswatch_22", "Great workshop on event logs. I finally see why indexed topics matter. #ethereum"],
  ["drizzle_diary", "Four hundred pages of weather and no story. Extremely boring, I gave up."],
  ["noodle_atlas", "Rehearsal is on Wednesday at eight. Bring the second part of the suite and a pencil."],
  ["tulip_and_twine", "Hairball in the slipper, found it the hard way. Disgusting start to the day."],
  ["catnap_farid", "Ordered a salad, got three sad leaves and a lot of vinegar. Terrible lunch."],
  [
    "lumen_ops",
    "Our new dashboard has five panels and answers every question. Lovely work, and so easy on the eyes.",
  ],
  [
    "blocktime12",
    "Debugging forty tiny functions that call each other is a nightmare. Awful design, and I drew it myself.",
  ],
  ["drizzle_diary", "Perfect sunset over the harbour tonight. Pink, gold, then suddenly stars. #nofilter"],
  ["trace_nine", "Data contracts turned out to be a great idea. Fewer surprises, happier analysts."],
  ["yaml_garden", "OpenFaaS on a spare laptop makes a surprisingly good home lab. Fun weekend project!"],
  [
    "gaswatch_22",
    "Traces showed the slow query in thirty seconds. OpenTelemetry was absolutely worth the effort!",
  ],
  [
    "quiet_broker",
    "Switched the export from CSV to Parquet on Thursday. Readers need to update their paths.",
  ],
  [
    "podherder",
    "Logs without timestamps are the worst. Horrible evening, and I still don't know what failed.",
  ],
  [
    "fern_and_ferry",
    "Fog until ten, then cloud. Eleven degrees at the airport according to the morning report.",
  ],
  ["catnap_farid", "Do you salt the water before or after it boils? Asking for a kitchen debate."],
  [
    "gaswatch_22",
    "A new block about every twelve seconds. I now have a small lamp on my desk that blinks along.",
  ],
  [
    "mirelog",
    "How many partitions do you start with for a topic that sees around two hundred events a second?",
  ],
  ["minor_seventh", "Third draw in a row. The table stays as it was before the weekend."],
  ["lumen_ops", "Spent four hours on a YAML indent. Terrible way to lose an afternoon."],
  ["rustic_spoon", "The soup was cold, the bread was stale and the wait was awful. Never again."],
  [
    "tulip_and_twine",
    "Slugs ate the lettuce, the dahlias and my patience. Terrible year for everything green.",
  ],
  [
    "quiet_broker",
    "Sadly the retention was set to one hour. Our weekend data is gone and I feel terrible about it.",
  ],
  ["catnap_farid", "Lentil soup with lemon and cumin. Cheap, quick, really delicious."],
  ["drizzle_diary", "It's warm enough to eat outside, in March. I'm not complaining, it's lovely."],
  ["trace_nine", "The shelter called: our shy old tomcat found a lovely home. I'm so glad."],
  [
    "podherder",
    "Image scan runs every night at two. The report goes to the platform channel in the morning.",
  ],
  ["coldstart_joe", "Scale to zero is perfect for our night jobs. The bill is almost boringly small now."],
  ["paperback_ilse", "The library opens on Sundays now. Great news for everyone in our street."],
  [
    "yaml_garden",
    "The cold start took nine seconds in front of the customer. Embarrassing demo, terrible timing.",
  ],
  [
    "left_back_lena",
    "Rain at last, and the whole street smells wonderful. The garden is going to be so happy.",
  ],
  ["minor_seventh", "Awful defending today. We were bad in the first half and worse in the second."],
  [
    "yaml_garden",
    "Upgrading the staging cluster tonight. Two node pools first, the control plane was done on Monday.",
  ],
  [
    "tulip_and_twine",
    "He brought me a sock as a gift. Not exactly beautiful, but I'm honoured. #catsofthenet",
  ],
  [
    "beanledger",
    "Comparing two Ethereum clients on the same machine: disk usage, sync time and peer count. Numbers on Friday.",
  ],
  ["sofia_reads_late", "Returned three books, borrowed four. The shelf at home is now officially full."],
  [
    "podherder",
    "Excellent post-mortem today: honest, calm and useful. I learned more than in a month of meetings.",
  ],
  [
    "platform_nine",
    "Missed my connection and ended up in a lovely little town with a good bakery. No regrets.",
  ],
  ["snowline_sam", "Horrible heat in the office again. The fan is broken and the windows don't open."],
  ["quiet_broker", "Lineage graphs looked like a gimmick to me. I was wrong, they're incredibly useful."],
  ["noodle_atlas", "Swapped the butter for olive oil in the recipe and baked it ten minutes more."],
  [
    "gaswatch_22",
    "Running a private Ethereum network in the lab is easier than I thought. Nice way to learn how blocks work.",
  ],
  ["snowline_sam", "Season over after a silly tackle in training. My ankle is swollen and I'm so sad 😢"],
  [
    "batch_at_dawn",
    "Someone renamed a column and six dashboards went dark. It's an ugly failure, and an old one.",
  ],
  ["paperback_ilse", "Stayed up until three to finish the novel. Brilliant ending, I did not see it coming!"],
  [
    "trace_nine",
    "Got the image down from 900 MB to 41 MB with a multi-stage build. Amazing what you can leave out!",
  ],
  [
    "batch_at_dawn",
    "Consumer lag is back to zero and stays there. I'm extremely pleased with the new partition count.",
  ],
  ["mirelog", "Looking for a way to test a streaming job against recorded input. How do you do it?"],
  ["minor_seventh", "Our under-tens lost 5–1 and left the pitch laughing. Wonderful kids, great spirit."],
  ["batch_at_dawn", "We partition by day and by region. The join happens in the second stage."],
  ["drizzle_diary", "Wind from the north-east today, so the ferry leaves from the other pier."],
  ["sofia_reads_late", "Tried cold brew with orange peel. Sounds odd, tastes wonderful! #coffee"],
  [
    "yaml_garden",
    "Moved the entrypoint script into the image and removed the volume mount. One thing fewer to ship.",
  ],
  ["platform_nine", "The line is closed in August. There's a bus from the square every half hour."],
  ["noodle_atlas", "Forgot the filter. Grounds in the cup, grounds on the shirt, terrible morning."],
  ["quiet_broker", "We keep seven days of events in the main topic. Anything older goes to object storage."],
  [
    "coldstart_joe",
    "A colleague explained namespaces with paper cups and string. Brilliant talk, I wish I had filmed it.",
  ],
  ["noodle_atlas", "Second cup of the day, then a meeting, then the third cup. That's the plan."],
  [
    "batch_at_dawn",
    "Replaced 2,000 lines of glue code with three small operators. The result is beautiful and much easier to read.",
  ],
  [
    "blocktime12",
    "Moved our image resizing into functions. Not perfect, but far better than the old batch server.",
  ],
  ["minor_seventh", "First choir rehearsal after the summer. We were not great, but it felt fantastic 🎶"],
  ["podherder", "Node drained, pods rescheduled, zero alerts. A perfect Tuesday for a cluster admin 🎉"],
  ["trace_nine", "The cat sits on the router from nine to five. We call it remote work."],
  [
    "tove_builds",
    "Wrote a function, pushed it, and it was answering requests two minutes later. Serverless feels like magic, I love it!",
  ],
  ["noodle_atlas", "Neighbour practises one scale at 6 am, badly. I'm tired and I really hate that trumpet."],
  ["snowline_sam", "Blue sky, light wind, snow on the hills. What a gorgeous morning!"],
  ["minor_seventh", "The women's team won the regional cup! Fantastic season, perfect final. #football"],
  [
    "drizzle_diary",
    "The small stage at the lake festival had the best programme. Fresh bands, excellent sound.",
  ],
  ["gaswatch_22", "Moved the alert rules next to the service code. Each team reviews its own."],
  [
    "mirelog",
    "Rolling update went out during lunch and nobody noticed. Kubernetes can be wonderful when the probes are right.",
  ],
];

/** Posts written for this project; their authors do not exist. */
export const inventedPosts: readonly InventedPost[] = texts.map(([handle, text]) => ({
  handle,
  user: authors[handle],
  text,
}));
