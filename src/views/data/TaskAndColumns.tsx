// What is to be learned, and from which columns: the columns suggest the task, the
// person decides.

import { say } from "../../say";
import { useStudio, type Mapping, type TableView } from "../../studio";
import { TASKS } from "../../task";
import { ColumnList } from "./ColumnList";
import { SelectField } from "../controls/controls";

export function TaskAndColumns({
  table,
  locked,
}: {
  table: TableView;
  locked: boolean;
}) {
  const mapping = useStudio((s) => s.mapping);
  const setMapping = useStudio((s) => s.setMapping);
  if (!mapping) return null;
  const columns = table.columns.map((name) => ({ value: name, label: name }));
  const orNone = (name: string) =>
    name !== ""
      ? columns
      : [{ value: "", label: say("data.choose") }, ...columns];
  const present = (name: string | null) =>
    name !== null && table.columns.includes(name) ? name : "";
  const unlabelled = mapping.task === "masked words";
  const several = mapping.labels.length > 0;
  const others = table.columns.filter(
    (name) => name !== mapping.text && name !== mapping.textB,
  );
  return (
    <div className="columns">
      <TaskField mapping={mapping} locked={locked} />
      <SelectField
        label={say(unlabelled ? "data.text for warm-up" : "data.text column")}
        value={present(mapping.text)}
        options={orNone(present(mapping.text))}
        disabled={locked}
        onChange={(text) => void setMapping({ text })}
      />
      {!unlabelled && (
        <SelectField
          label={say("data.label column")}
          value={several ? "" : present(mapping.label)}
          options={
            several
              ? [
                  { value: "", label: say("data.label columns chosen") },
                  ...columns,
                ]
              : orNone(present(mapping.label))
          }
          disabled={locked}
          onChange={(label) => label !== "" && void setMapping({ label })}
        />
      )}
      {mapping.task === "many labels" && others.length > 1 && (
        <ColumnList
          columns={others}
          chosen={mapping.labels}
          locked={locked}
          onChange={(labels) => void setMapping({ labels })}
        />
      )}
      <SelectField
        label={say("data.second text column")}
        explain={say("data.second text column explained")}
        value={present(mapping.textB)}
        options={[{ value: "", label: say("data.no column") }, ...columns]}
        disabled={locked}
        onChange={(name) => void setMapping({ textB: name || null })}
      />
    </div>
  );
}

function TaskField({ mapping, locked }: { mapping: Mapping; locked: boolean }) {
  const setTask = useStudio((s) => s.setTask);
  return (
    <SelectField
      label={say("task.name")}
      explain={
        <dl>
          {TASKS.map((task) => (
            <div key={task}>
              <dt>{say(`task.${task}`)}</dt>
              <dd>{say(`task.${task} explained`)}</dd>
            </div>
          ))}
        </dl>
      }
      value={mapping.task}
      options={TASKS.map((task) => ({
        value: task,
        label: say(`task.${task}`),
      }))}
      disabled={locked}
      onChange={(task) => void setTask(task)}
    />
  );
}
