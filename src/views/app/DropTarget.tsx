// The whole page takes files. While something is held over it, it says so.

import { useEffect, useState } from "react";
import { say } from "../../say";
import { isBusy, useStudio } from "../../studio";
import { droppedFiles } from "./dropped";
import "./DropTarget.css";

export function DropTarget() {
  const addFiles = useStudio((s) => s.addFiles);
  const busy = useStudio(isBusy);
  const [over, setOver] = useState(false);

  useEffect(() => {
    const carriesFiles = (event: DragEvent) =>
      event.dataTransfer?.types.includes("Files") ?? false;
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      // Without this the browser would open the file in place of the page.
      event.preventDefault();
      event.dataTransfer!.dropEffect = "copy";
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      // Leaving an element for another one is no leaving.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      void droppedFiles(event.dataTransfer!).then(addFiles);
    };
    addEventListener("dragenter", enter);
    addEventListener("dragover", enter);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragenter", enter);
      removeEventListener("dragover", enter);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
    };
  }, [addFiles]);

  if (!over) return null;
  return (
    <div className="drop-target" aria-hidden="true">
      <p>{busy ? say("drop.run goes on") : say("drop.here")}</p>
    </div>
  );
}
