package dev.freshet.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.control.ControlTable;
import dev.freshet.control.EditOutcome;
import dev.freshet.control.TaskRow;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.Runner;
import dev.freshet.schedule.Schedule;
import dev.freshet.schedule.Schedules;
import dev.freshet.store.Store;
import java.time.Duration;
import java.util.Optional;

/// A person at a machine of their own, who changes definitions and asks for runs. Every change counts up in the
/// definition that it was decided on, so that a lost one shows.
final class Operator {
    static final int FOLLOWED = 0;
    /// Never disabled, so it is to be requested whenever the one that it follows has committed.
    static final int FOLLOWER = 1;
    /// Two schedules have its dataset by turns.
    private static final int HANDED_OVER = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final World world;
    private final SimPod.Lake lake;
    private final SimPod machine;
    private final int tasks;

    Operator(World world, SimPod.Lake lake, String name) {
        this.world = world;
        this.lake = lake;
        this.machine = new SimPod(world, lake, name);
        this.tasks = lake.story().tasks();
    }

    void begin() {
        SimHost host = machine.host();
        world.start("operator", machine.life(), () -> work(host));
    }

    private void work(SimHost host) {
        Store store = machine.store(host);
        ControlTable control = machine.control(store, host);
        Schedules schedules = machine.schedules(store, host, control);
        Runner runner = machine.runner(store, host, control, schedules);
        for (int task = 0; task < tasks; task++) {
            create(schedules, task);
        }
        while (!lake.weather().isOver()) {
            try {
                host.sleep(world.between(Duration.ofMillis(200), Duration.ofSeconds(4)));
                act(schedules, control, runner);
            } catch (FreshetException e) {
                lake.journal().line(machine.name(), "is told " + e.code());
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts an operator", e);
            }
        }
    }

    private void act(Schedules schedules, ControlTable control, Runner runner) throws InterruptedException {
        String id = id(world.random().nextInt(tasks));
        switch (world.random().nextInt(14)) {
            case 0 -> schedules.setEnabled(id, id.equals(id(FOLLOWER)));
            case 1, 2 -> schedules.setEnabled(id, true);
            case 3, 4 -> change(schedules, id);
            case 5 -> evict(control, runner, id);
            case 6 -> handOver(schedules);
            default -> request(control, SimKind.ROLE + ":" + id);
        }
    }

    private void request(ControlTable control, String task) {
        if (control.request(task) instanceof EditOutcome.Edited(var row)) {
            lake.journal().requested(task, row.requestedAt());
        }
    }

    /// Takes the task from whoever holds it, alive or not.
    private void evict(ControlTable control, Runner runner, String id) throws InterruptedException {
        Optional<TaskRow> held = control.row(SimKind.ROLE + ":" + id).filter(TaskRow::isProcessing);
        if (held.isPresent()) {
            lake.journal().evicts(machine.name(), held.get());
            var _ = runner.evict(held.get(), machine.name());
        }
    }

    private void change(Schedules schedules, String id) {
        Schedule read = schedules.get(id);
        ObjectNode definition = (ObjectNode) schedules.document(id);
        long count = definition.path("created_by").asLong() + 1;
        definition.put("created_by", Long.toString(count));
        Schedule written = schedules.update(definition, read.version());
        lake.journal().acknowledged(id, written.version(), definition.toString());
    }

    /// Deletes the schedule that has the dataset, and lets another one have it at once.
    private void handOver(Schedules schedules) {
        if (tasks > HANDED_OVER) {
            String former = id(HANDED_OVER);
            String heir = former + "x";
            boolean hadIt = schedules.delete(former);
            if (hadIt || schedules.delete(heir)) {
                schedules.apply(definition(HANDED_OVER, hadIt ? heir : former));
            }
        }
    }

    private void create(Schedules schedules, int task) {
        while (true) {
            try {
                schedules.apply(definition(task, id(task)));
                return;
            } catch (FreshetException e) {
                if (e.code() == ErrorCode.STALE_VERSION) {
                    return;
                }
                world.pass(Duration.ofMillis(300).toNanos());
            }
        }
    }

    static String id(int task) {
        return "t" + task;
    }

    private JsonNode definition(int task, String schedule) {
        String trigger = switch (task % 3) {
            case 0 -> "{'type':'interval','secs':7,'strategy':'anchored'}";
            case 1 -> "{'type':'interval','secs':6}";
            default -> "{'type':'interval','secs':9,'strategy':'anchored_skip'}";
        };
        String text = """
                {'id':'%s','kind':{'type':'count','dataset':'%s'%s},'trigger':%s,'enabled':true,'created_by':'0',
                 'retry':{'delays_secs':[1,2]},'stall_limit_secs':%d,'lease_secs':%d,'misfire':{'policy':'%s'}}
                """.formatted(
                        schedule,
                        id(task),
                        task == FOLLOWER ? ",'follows':'datasets/" + id(FOLLOWED) + "'" : "",
                        trigger,
                        lake.story().lease().toSeconds() * 3,
                        lake.story().lease().toSeconds(),
                        task % 2 == 0 ? "run_once" : "skip");
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /// The distance of the due times of a task's anchored trigger; empty if it has another.
    static Optional<Duration> rhythm(String task) {
        return switch (Integer.parseInt(task.substring(task.indexOf(':') + 2)) % 3) {
            case 0 -> Optional.of(Duration.ofSeconds(7));
            case 1 -> Optional.empty();
            default -> Optional.of(Duration.ofSeconds(9));
        };
    }
}
