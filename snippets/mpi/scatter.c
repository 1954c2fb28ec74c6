#include <mpi.h>
#include <stdio.h>

int main(void) {
    int rank, size;

    MPI_Init(NULL, NULL);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);

    int rows[size][3], row[3], answers[size][2]; // (1)!
    if (rank == 0)
        for (int i = 0; i < size; i++)
            for (int j = 0; j < 3; j++)
                rows[i][j] = 3 * i + j + 1;
    MPI_Scatter(rows, 3, MPI_INT, row, 3, MPI_INT, 0, MPI_COMM_WORLD); // (2)!
    int answer[2] = {rank, row[0] + row[1] + row[2]};
    MPI_Gather(answer, 2, MPI_INT, answers, 2, MPI_INT, 0, MPI_COMM_WORLD); // (3)!
    if (rank == 0)
        for (int i = 0; i < size; i++)
            printf("%d + %d + %d = %d, says rank %d\n",
                   rows[i][0], rows[i][1], rows[i][2], answers[i][1], answers[i][0]);
    MPI_Finalize();
    return 0;
}
